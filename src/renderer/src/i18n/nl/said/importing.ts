import { library } from '../library'

/** What an import says of its files, rows and media. */
export const importing = {
  'import it again with --update (in the window: “{0}”)': 'importeer het opnieuw met --update (in het venster: “{0}”)',
  'Replace what is known of items that are there': library.importUpdate,
  'An import is under way.': 'Er is een import bezig.',

  'a COCO file': 'een COCO-bestand',
  'a LLaVA file': 'een LLaVA-bestand',
  'a Spot-the-Diff file': 'een Spot-the-Diff-bestand',
  'a VIST file': 'een VIST-bestand',
  'an ActivityNet Captions file': 'een bestand van ActivityNet Captions',
  'a TVC file (JSON lines)': 'een TVC-bestand (JSON-regels)',
  'a file of scene descriptions': 'een bestand met beschrijvingen van scènes',
  'a file of Ego4D narrations': 'een bestand met Ego4D-vertellingen',
  subtitles: 'ondertitels',
  'a CSV table': 'een CSV-tabel',
  'one JSON object a line': 'één JSON-object per regel',
  'a folder': 'een map',
  'a JSON array': 'een JSON-lijst',
  'one JSON document over many lines': 'één JSON-document over veel regels',
  'it looks like {0}, not like {1}': 'het ziet eruit als {0}, niet als {1}',
  'it looks like {0}, not like one JSON object a line': 'het ziet eruit als {0}, niet als één JSON-object per regel',
  'it looks like JSON, not like a table': 'het ziet eruit als JSON, niet als een tabel',
  'it looks like JSON, not like one activity a line': 'het ziet eruit als JSON, niet als één bezigheid per regel',
  'it looks like a list of objects with {0}, not like a COCO file':
    'het ziet eruit als een lijst van objecten met {0}, niet als een COCO-bestand',
  'no keys': 'geen sleutels',
  none: 'geen',
  'it is not a COCO file ({0}: expected a list); its keys are {1}':
    'het is geen COCO-bestand ({0}: een lijst verwacht); de sleutels zijn {1}',
  'it holds boxes, not captions': 'het bevat kaders, geen bijschriften',
  'it holds captions, not boxes': 'het bevat bijschriften, geen kaders',
  'Choose it as the instances file.': 'Kies het als bestand met instances.',
  'Choose it as the captions file.': 'Kies het als bestand met bijschriften.',
  'Choose the format {0}, or another file.': 'Kies het formaat {0}, of een ander bestand.',
  'Choose another file: the recipe {0} takes {1}.': 'Kies een ander bestand: het recept {0} neemt {1}.',
  'Choose a format that fits the recipe: {0}{1}.': 'Kies een formaat dat bij het recept past: {0}{1}.',
  '; or name both pictures of each item in a files map (--files)':
    '; of noem beide afbeeldingen van elk item in een bestandslijst (--files)',
  '{0} or {1}': '{0} of {1}',
  'The recipe {0} takes two pictures an item, and the format {1} has one medium an item.':
    'Het recept {0} neemt twee afbeeldingen per item, en het formaat {1} heeft één medium per item.',
  'Choose a text file with one activity a line.': 'Kies een tekstbestand met één bezigheid per regel.',
  'Write each object on a line of its own, or choose another file or another format.':
    'Schrijf elk object op een eigen regel, of kies een ander bestand of een ander formaat.',
  'A COCO import needs a captions file, an instances file, or both.':
    'Een import van COCO heeft een bestand met bijschriften nodig, een met instances, of beide.',
  'Name them with --captions and --instances.': 'Geef ze op met --captions en --instances.',
  'A CSV import needs a file.': 'Een import van CSV heeft een bestand nodig.',
  'A JSONL import needs a file.': 'Een import van JSONL heeft een bestand nodig.',
  'The format {0} needs a file.': 'Het formaat {0} heeft een bestand nodig.',
  'Name it with --file.': 'Geef het op met --file.',
  'Choose another files map.': 'Kies een andere bestandslijst.',
  'Correct {0}, or choose another files map.': 'Verbeter {0}, of kies een andere bestandslijst.',
  'it is a list, not an object from ids to file names': 'het is een lijst, geen object van ids naar bestandsnamen',
  '“{0}”: {1}': '“{0}”: {1}',
  '{0} is not a folder.': '{0} is geen map.',
  'Choose the folder that the media files are in.': 'Kies de map waarin de mediabestanden staan.',
  'Choose the folder that holds them.': 'Kies de map die ze bevat.',
  'there is no picture or video in this folder': 'er is geen afbeelding of video in deze map',
  'there are no items in it': 'er zijn geen items in',

  image: 'afbeelding',
  annotation: 'annotatie',
  category: 'categorie',
  '{0} number {1} of the list': '{0} nummer {1} van de lijst',
  'image {0} stands in the list twice; the first is kept': 'afbeelding {0} staat tweemaal in de lijst; de eerste blijft',
  'album {0} stands in the list twice; the first is kept': 'album {0} staat tweemaal in de lijst; het eerste blijft',
  'image {0} is “{1}” here and “{2}” in {3}, which is kept': 'afbeelding {0} is hier “{1}” en in {3} “{2}”; het laatste blijft',
  'there is no image {0} in the list of images': 'er is geen afbeelding {0} in de lijst van afbeeldingen',
  'story {0}: there is no image {1} in the list of images': 'verhaal {0}: er is geen afbeelding {1} in de lijst van afbeeldingen',
  'image {0}: there is no album {1} in the list of albums': 'afbeelding {0}: er is geen album {1} in de lijst van albums',
  'the caption is empty': 'het bijschrift is leeg',
  'there is no category {0}; the box is left out': 'er is geen categorie {0}; het kader is weggelaten',
  'the width or height of the box is negative; the box is left out':
    'de breedte of hoogte van het kader is negatief; het kader is weggelaten',

  'two columns are named “{0}”': 'twee kolommen heten “{0}”',
  'Give every column a name of its own.': 'Geef elke kolom een eigen naam.',
  'no column names the media file; its columns are {0}': 'geen kolom noemt het mediabestand; de kolommen zijn {0}',
  'Name that column “file”, “image”, “media” or “filename”.': 'Noem die kolom “file”, “image”, “media” of “filename”.',
  'the row has {0} columns, the table has {1}': 'de rij heeft {0} kolommen, de tabel heeft er {1}',
  'the column “{0}” is empty': 'de kolom “{0}” is leeg',
  'the column “id” is empty': 'de kolom “id” is leeg',
  'the line with the column names has a quote in the wrong place':
    'op de regel met de namen van de kolommen staat een aanhalingsteken op de verkeerde plaats',
  'a quote is in the wrong place; inside a cell in quotes, write "" for it':
    'een aanhalingsteken staat op de verkeerde plaats; schrijf er "" voor in een cel tussen aanhalingstekens',
  'a quote is opened and never closed': 'een aanhalingsteken wordt geopend en nooit gesloten',
  'the id stands in line {0} with another file (“{1}”), so this row is left out':
    'het id staat op regel {0} met een ander bestand (“{1}”); daarom is deze rij weggelaten',
  '“{0}” is “{1}” here and “{2}” in line {3}, which is kept': '“{0}” is hier “{1}” en op regel {3} “{2}”; het laatste blijft',

  'record {0}: {1}': 'record {0}: {1}',
  'it is one object with the key “{0}”, not a list of records or a record a line':
    'het is één object met de sleutel “{0}”, geen lijst van records of een record per regel',
  'Choose the file with the records, or put them into a list.': 'Kies het bestand met de records, of zet ze in een lijst.',
  'expected a text': 'een tekst verwacht',
  'expected a text or a list of parts': 'een tekst of een lijst van delen verwacht',
  'it has neither conversations nor messages': 'het heeft conversations noch messages',
  'what stands under “{0}” has no place in a conversation and is left out':
    'wat onder “{0}” staat, heeft geen plaats in een gesprek en is weggelaten',
  'it has {0} marks such as <image>, and names {1} media': 'het heeft {0} tekens zoals <image> en noemt {1} media',
  'it has neither descs (TVC), nor desc (TVR), nor clip_id': 'het heeft descs (TVC), desc (TVR) noch clip_id',
  'no descriptions in this row{0}: the clip is an item without context':
    'geen beschrijvingen in deze rij{0}: het fragment is een item zonder context',
  'it has neither clips nor narration_pass_1': 'het heeft clips noch narration_pass_1',
  'the stories are read from “text”, where words such as [male] stand for names; to read them as they were written, choose the original text (--text original)':
    'de verhalen zijn gelezen uit “text”, waarin woorden als [male] voor namen staan; kies de oorspronkelijke tekst (--text original) om ze te lezen zoals ze geschreven zijn',
  'this sentence, and maybe others, has no original_text; its “text” is read instead':
    'deze zin, en misschien andere, heeft geen original_text; in plaats daarvan is “text” gelezen',

  'the id is empty': 'het id is leeg',
  'the id is longer than {0} characters': 'het id is langer dan {0} tekens',
  'the id holds control characters or broken text': 'het id bevat stuurtekens of kapotte tekst',
  'the id is used already; the first is kept': 'het id is al gebruikt; het eerste blijft',
  'the id is used already in line {0}; the first is kept': 'het id is op regel {0} al gebruikt; het eerste blijft',
  'the recipe {0} takes two pictures an item, and this one names {1}':
    'het recept {0} neemt twee afbeeldingen per item, en dit noemt er {1}',
  ', and {0} more': ', en nog {0}',
  'no row has the id {0}{1}; what the files map gives there is not used':
    'geen rij heeft het id {0}{1}; wat de bestandslijst daar geeft, is niet gebruikt',
  '{0}; nothing after that place is read': '{0}; van wat daarna komt, is niets gelezen',
  'further notes are not listed': 'verdere opmerkingen staan er niet bij',
  'the line is not a JSON object': 'de regel is geen JSON-object',
  'the key “{0}” is not read here or in later lines: only id, media and context are':
    'de sleutel “{0}” wordt hier en op latere regels niet gelezen: alleen id, media en context worden dat',
  'the record names no image, so it is left out': 'het record noemt geen afbeelding; daarom is het weggelaten',
  'a turn has no counterpart and is left out': 'een beurt heeft geen tegenhanger en is weggelaten',
  '{0} turns have no counterpart and are left out': '{0} beurten hebben geen tegenhanger en zijn weggelaten',
  'no story tells of this album, so it is left out': 'geen verhaal vertelt over dit album; daarom is het weggelaten',
  '{0}; it is left out': '{0}; die is weggelaten',
  'it is a link to a folder, which is not followed': 'het is een koppeling naar een map, en die wordt niet gevolgd',
  '{0} is larger than 1 MB, so it cannot be captions': '{0} is groter dan 1 MB; bijschriften kunnen het dus niet zijn',
  'its folder holds {0} images; {1} of them are taken, evenly spaced':
    'de map ervan bevat {0} afbeeldingen; daarvan zijn er {1} genomen, gelijk verdeeld',
  'a list element has no video id': 'een element van de lijst heeft geen id van een video',

  'it has {0} timestamps and {1} sentences; what has no counterpart is left out':
    'er zijn {0} tijden en {1} zinnen; wat geen tegenhanger heeft, is weggelaten',
  '{0}; the narration is left out': '{0}; de vertelling is weggelaten',
  'the video has no narrations, so it is left out': 'de video heeft geen vertellingen; daarom is hij weggelaten',
  'there is no time (such as 00:01.000 --> 00:04.000) above this text; it is left out':
    'boven deze tekst staat geen tijd (zoals 00:01.000 --> 00:04.000); de tekst is weggelaten',
  '“{0}” is no time; its text is left out': '“{0}” is geen tijd; de tekst erbij is weggelaten',
  'it is larger than 64 MB, so it cannot be subtitles': 'het is groter dan 64 MB; ondertitels kunnen het dus niet zijn',
  'there are no .vtt, .srt, .ass or .sbv files in this folder': 'er zijn geen .vtt-, .srt-, .ass- of .sbv-bestanden in deze map',
  'there are no subtitles in it': 'er zijn geen ondertitels in',
  'ts: missing, so that nobody knows which part of the video the clip is; add [start, end] in seconds, or leave {0} out where the descriptions are about the whole video':
    'ts: ontbreekt, zodat niemand weet welk deel van de video het fragment is; voeg [begin, einde] in seconden toe, of laat {0} weg als de beschrijvingen over de hele video gaan',
  ' (nor in {0} more)': ' (en ook niet in {0} andere)',
  'no clip_id and no ts in this row{0}: taken to be about the whole video':
    'geen clip_id en geen ts in deze rij{0}: opgevat als over de hele video',

  '{0} × {1}': '{0} × {1}',
  'the boxes of {0} were drawn on the image as stored; they are turned as it is displayed (EXIF orientation {1})':
    'de kaders van {0} zijn op de afbeelding getekend zoals die is opgeslagen; ze zijn gedraaid zoals die wordt getoond (EXIF-oriëntatie {1})',
  'the boxes of {0} are left out: they were drawn on an image of {1} pixels, and this one has {2}; use the image that was annotated':
    'de kaders van {0} zijn weggelaten: ze zijn getekend op een afbeelding van {1} pixels, en deze heeft er {2}; gebruik de geannoteerde afbeelding',
  '{0} is displayed turned (EXIF orientation {1}); its boxes are taken to be drawn on the displayed image':
    '{0} wordt gedraaid getoond (EXIF-oriëntatie {1}); de kaders zijn opgevat als getekend op de getoonde afbeelding',
  'the boxes of {0} are scaled from {1} to {2} pixels': 'de kaders van {0} zijn geschaald van {1} naar {2} pixels',
  '{0} (and {1} more items alike)': '{0} (en zo nog {1} items)',

  'the box “{0}” [{1}]': 'het kader “{0}” [{1}]',
  '{0} is left out: {1}': '{0} is weggelaten: {1}',
  'it lies on image {0}, and the item has {1}': 'het ligt op afbeelding {0}, en het item heeft er {1}',
  'its numbers are fractions of the image, and pixels are expected':
    'de getallen zijn delen van de afbeelding, en er worden pixels verwacht',
  'it has no area': 'het heeft geen oppervlak',
  '{0} ({1} × {2} pixels)': '{0} ({1} × {2} pixels)',
  'it lies outside {0}': 'het ligt buiten {0}',
  '{0} reaches beyond {1}; it is cut there': '{0} steekt buiten {1} uit; het is daar afgesneden',

  '{0} s': '{0} s',
  '{0} is left out: it ends ({1}) before it begins ({2})': '{0} is weggelaten: het einde ({1}) ligt voor het begin ({2})',
  '{0} is left out: it ends before the video begins': '{0} is weggelaten: het einde ligt voor het begin van de video',
  '{0} is left out: it begins at {1}, and the video lasts {2}': '{0} is weggelaten: het begin is op {1}, en de video duurt {2}',
  '{0} begins at {1}; it is taken to begin at 0 s': '{0} begint op {1}; als begin is 0 s genomen',
  '{0} ends at {1}, and the video lasts {2}; it is cut there': '{0} eindigt op {1}, en de video duurt {2}; daar afgesneden',
  'the sentence “{0}”': 'de zin “{0}”',
  'the narration “{0}” is left out: it is at {1}, and {2}': 'de vertelling “{0}” is weggelaten: ze is op {1}, en {2}',
  'the video lasts {0}': 'de video duurt {0}',
  'the clip goes from {0} to {1}': 'het fragment loopt van {0} tot {1}',
  'the clip': 'het fragment',
  'it ends ({0}) before it begins ({1})': 'het eindigt ({0}) voordat het begint ({1})',
  'it ends where it begins ({0})': 'het eindigt waar het begint ({0})',
  'it ends before the video begins': 'het eindigt voordat de video begint',
  'it begins at {0}, and the video lasts {1}': 'het begint op {0}, en de video duurt {1}',
  'left out, since there is no such clip: {0}; correct its times': 'weggelaten, want zo’n fragment is er niet: {0}; verbeter de tijden',

  '“{0}” is not in the media folder, so no image can be found that is like it; its pair in the project stays':
    '“{0}” staat niet in de map met de media, zodat er geen gelijkende afbeelding bij te vinden is; het tweetal in het project blijft',
  'there is no other image to pair it with': 'er is geen andere afbeelding om die mee te koppelen',
  '“{0}” is a picture, and a video is needed here; name the video instead':
    '“{0}” is een afbeelding, en hier is een video nodig; noem in plaats daarvan de video',
  'Name the video instead.': 'Noem in plaats daarvan de video.',
  'the project has an item “{0}” with other media or another context; it is left as it is: to replace it, {1}':
    'het project heeft een item “{0}” met andere media of een andere context; het blijft zoals het is: om het te vervangen, {1}',
  'imported without “{0}”, which is not in the media folder': 'geïmporteerd zonder “{0}”, want dat staat niet in de map met de media',
  'control characters and halves of characters in its texts were taken out, or replaced by �':
    'stuurtekens en halve tekens in de teksten zijn weggelaten of vervangen door �',
  'imported, but it cannot be used: {0}: {1}': 'geïmporteerd, maar niet te gebruiken: {0}: {1}',
  '{0}: it is a video, and the recipe {1} takes pictures; import it into a project of the recipe {2}.':
    '{0}: het is een video, en het recept {1} neemt afbeeldingen; importeer hem in een project met het recept {2}.',
  'Import it into a project whose recipe takes videos.': 'Importeer hem in een project waarvan het recept video’s neemt.',
  '{0} is not the file that was exported: its content has changed': '{0} is niet het bestand dat is geëxporteerd: de inhoud is veranderd',
}
