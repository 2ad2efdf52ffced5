/** What an import says of the files of annotation tools, of media within a file, and of Exemplar's own exports. */
export const annotationTools = {
  'the file holds the medium itself, and {0}': 'het bestand bevat het medium zelf, en {0}',
  'not as base64': 'niet als base64',
  'it has more than 32 MB; write it into a file of the media folder': 'het heeft meer dan 32 MB; schrijf het in een bestand in de mediamap',
  'its base64 is broken': 'de base64 is stuk',
  'it is too long for a file name ({0} characters), and no medium in base64':
    'het is te lang voor een bestandsnaam ({0} tekens), en geen medium in base64',
  'there are no {0} in this folder': 'er zijn geen {0} in deze map',
  'Choose the folder that holds them.': 'Kies de map waarin ze staan.',
  'it is larger than {0} MB': 'het is groter dan {0} MB',
  'the boxes of {0} wait for it, since they are given as parts of the image':
    'de kaders van {0} wachten op de afbeelding, want ze zijn gegeven als delen ervan',
  'a labelme file': 'een labelme-bestand',
  'a file of VGG Image Annotator (VIA)': 'een bestand van VGG Image Annotator (VIA)',
  'a Pascal VOC file (XML)': 'een Pascal VOC-bestand (XML)',
  'YOLO labels': 'YOLO-labels',
  'a Label Studio export': 'een export van Label Studio',
  'a Karpathy split (captions)': 'een Karpathy-indeling (bijschriften)',
  'a MIMIC-IT file of instructions': 'een MIMIC-IT-bestand met instructies',
  'an XML file of CVAT': 'een XML-bestand van CVAT',
  'Export it from CVAT as “Pascal VOC”, “COCO” or “YOLO”, and choose that format.':
    'Exporteer het uit CVAT als “Pascal VOC”, “COCO” of “YOLO”, en kies die indeling.',
  'a VQA file (questions or answers)': 'een VQA-bestand (vragen of antwoorden)',
  'Write each image on a line with its questions in the context, and choose the format jsonl.':
    'Schrijf elke afbeelding op een regel met haar vragen in de context, en kies de indeling jsonl.',
  'a VisDial file (dialogues)': 'een VisDial-bestand (dialogen)',
  'Write each image on a line with its dialogue as {"conversation": [{"instruction", "response"}]}, and choose the format jsonl.':
    'Schrijf elke afbeelding op een regel met haar dialoog als {"conversation": [{"instruction", "response"}]}, en kies de indeling jsonl.',
  'an Open Images table': 'een tabel van Open Images',
  'Convert it to COCO (its boxes are parts of the picture, its labels codes), and choose the format coco.':
    'Zet het om naar COCO (de kaders zijn delen van de afbeelding, de labels codes), en kies de indeling coco.',
  'COCO key points without boxes': 'COCO-sleutelpunten zonder kaders',
  'Choose the instances file of the same images (instances_….json), or the captions file.':
    'Kies het bestand met instances van dezelfde afbeeldingen (instances_….json), of dat met bijschriften.',
  'a list of COCO results (detections)': 'een lijst met COCO-resultaten (detecties)',
  'Choose the instances file that has the images and the categories.':
    'Kies het bestand met instances, dat de afbeeldingen en de categorieën heeft.',
  'it is an export of Exemplar: its items come back with their media and context ({0}), its pairs and decisions do not ({1})':
    'het is een export van Exemplar: de items komen terug met hun media en context ({0}), de paren en beslissingen niet ({1})',
  'it is too large to hold the names of classes': 'het is te groot om namen van klassen te bevatten',
  'it is not valid YAML': 'het is geen geldige YAML',
  'it names no classes: names is not a list, or names by number': 'het noemt geen klassen: names is geen lijst, en geen namen per nummer',
  'the names of the classes are not found': 'de namen van de klassen zijn niet gevonden',
  'Put {0} (a name a line) or data.yaml beside the labels or into the folder above them.':
    'Zet {0} (een naam per regel) of data.yaml naast de labels of in de map erboven.',
  'it does not begin with the number of a class': 'het begint niet met het nummer van een klasse',
  'it holds something else than numbers': 'het bevat iets anders dan getallen',
  'there is no class {0} in {1}': 'er is geen klasse {0} in {1}',
  '{0} numbers are no label: expected class, x, y, width and height, or class and the points of a polygon':
    '{0} getallen zijn geen label: verwacht werd klasse, x, y, breedte en hoogte, of klasse en de punten van een veelhoek',
  'its numbers are not parts of the picture between 0 and 1; are they pixels?':
    'de getallen zijn geen delen van de afbeelding tussen 0 en 1; zijn het pixels?',
  'the box “{0}” has no area': 'het kader “{0}” heeft geen oppervlakte',
  'the label is left out: {0}': 'het label is weggelaten: {0}',
  'label files (.txt)': 'labelbestanden (.txt)',
  'line {0}: it has too many elements': 'regel {0}: er zijn te veel elementen',
  'line {0}: {1}': 'regel {0}: {1}',
  'it is not valid XML ({0})': 'het is geen geldige XML ({0})',
  'it is not valid XML (there is no element in it)': 'het is geen geldige XML (er staat geen element in)',
  'xmin, ymin, xmax and ymax are not four numbers': 'xmin, ymin, xmax en ymax zijn geen vier getallen',
  'xmax or ymax is smaller than xmin or ymin': 'xmax of ymax is kleiner dan xmin of ymin',
  'it has no bndbox': 'er is geen bndbox',
  'it has no name': 'er is geen naam',
  'object {0}: {1}; it is left out': 'object {0}: {1}; het is weggelaten',
  'its first element is “{0}”, not “annotation”: it is not a Pascal VOC file':
    'het eerste element is “{0}”, niet “annotation”: het is geen Pascal VOC-bestand',
  'XML files': 'XML-bestanden',
  'filename: expected a file name': 'filename: verwacht werd een bestandsnaam',
  'region {0}: {1}; it is left out': 'gebied {0}: {1}; het is weggelaten',
  'it is not a file of VIA: there are no images with a filename in it':
    'het is geen bestand van VIA: er staan geen afbeeldingen met een filename in',
  'JSON or CSV files': 'JSON- of CSV-bestanden',
  'metadata “{0}” belongs to no file; it is left out': 'metadata “{0}” hoort bij geen bestand; het is weggelaten',
  'file “{0}” has no fname; it is left out': 'bestand “{0}” heeft geen fname; het is weggelaten',
  'a region has no area, or no name; it is left out': 'een gebied heeft geen oppervlakte of geen naam; het is weggelaten',
  'a region of a moment of a video is not read; it is left out':
    'een gebied op een moment van een video wordt niet gelezen; het is weggelaten',
  'it is not a CSV of VIA: there is no column {0}': 'het is geen CSV van VIA: er is geen kolom {0}',
  'the region is left out: {0}': 'het gebied is weggelaten: {0}',
  'it has no shape_attributes': 'er zijn geen shape_attributes',
  'the task has predictions only, which are not read: accept them in Label Studio first':
    'de taak heeft alleen voorspellingen, die niet worden gelezen: neem ze eerst over in Label Studio',
  'it has no area ({0})': 'het heeft geen oppervlakte ({0})',
  'none of its attributes names it': 'geen van de kenmerken noemt het',
  'its images are not read ({0})': 'de afbeeldingen erin zijn niet gelezen ({0})',
  'the pair is left out: {0}': 'het paar is weggelaten: {0}',
  'the pair is left out: it names no image': 'het paar is weggelaten: het noemt geen afbeelding',
  'it is not a MIMIC-IT file of instructions: there is no object “data” in it':
    'het is geen MIMIC-IT-bestand met instructies: er staat geen object “data” in',
  'files named …_instructions.json': 'bestanden met de naam …_instructions.json',
  'expected a list of shapes': 'verwacht werd een lijst van vormen',
  'the shape “{0}” has no area ({1}), so it is left out': 'de vorm “{0}” heeft geen oppervlakte ({1}), en is dus weggelaten',
  'it is not valid JSON': 'het is geen geldige JSON',
  'it is not a labelme file ({0})': 'het is geen labelme-bestand ({0})',
  'shape {0}: {1}; it is left out': 'vorm {0}: {1}; die is weggelaten',
  'shape {0}: {1}': 'vorm {0}: {1}',
  'JSON files': 'JSON-bestanden',
  'it is not an object': 'het is geen object',
  'its data name no image or video': 'de data noemen geen afbeelding of video',
  'a region is left out: {0}': 'een gebied is weggelaten: {0}',
  'results of the type “{0}” are not read, here and in later tasks':
    'resultaten van het type “{0}” worden niet gelezen, hier en in latere taken',
  'task number {0}: {1}': 'taak nummer {0}: {1}',
  'the task has {0} annotations; the one marked as ground truth is taken, or else the first':
    'de taak heeft {0} annotaties; die als juist is gemerkt telt, of anders de eerste',
  '{0} results without a type and a value are left out': '{0} resultaten zonder type en waarde zijn weggelaten',
  'it is not a Label Studio export: {0} holds an object, not a list of tasks':
    'het is geen export van Label Studio: {0} bevat een object, geen lijst van taken',
  'it is turned, and the size of its picture is not given': 'het is gedraaid, en de grootte van de afbeelding is niet gegeven',
  'it has no label': 'er is geen label',
  'the region “{0}” has no area': 'het gebied “{0}” heeft geen oppervlakte',
  'image number {0} of the list: {1}': 'afbeelding nummer {0} van de lijst: {1}',
  'it is not a Karpathy split: there is no list of images in it': 'het is geen Karpathy-indeling: er staat geen lijst van afbeeldingen in',
}
