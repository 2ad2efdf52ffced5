/** What an import says of texts, tables and folders that it reads, and of names that it looks up. */
export const reading = {
  '{0} video is not supported; re-encode it to an H.264 MP4 file':
    '{0}-video wordt niet ondersteund; codeer hem opnieuw naar een H.264-MP4-bestand',
  'raw H.264': 'ruwe H.264',

  '{0}{1}: the file has another ending': '{0}{1}: het bestand heeft een andere uitgang',
  '{0}{1}: the end of the path is in the media folder': '{0}{1}: het eind van het pad staat in de mediamap',
  '{0}{1}: the file lies in a folder further below': '{0}{1}: het bestand staat in een map daaronder',
  '“{0}” is taken to be “{1}”': 'voor “{0}” is “{1}” genomen',
  ', and {0} more alike': ', en zo nog {0}',
  'it could be “{0}” or “{1}”, so neither is taken; name the file itself':
    'het kan “{0}” of “{1}” zijn, dus geen van beide is genomen; noem het bestand zelf',

  'the column “{0}” holds a NUL character': 'de kolom “{0}” bevat een NUL-teken',
  'the column “{0}” only numbers the rows or captions, so it is left out':
    'de kolom “{0}” nummert alleen de rijen of bijschriften en is weggelaten',
  'expected a text or a list of texts': 'een tekst of een lijst van teksten verwacht',
  'the keys “id” and “media” are missing': 'de sleutels “id” en “media” ontbreken',
  'the key “media” is missing': 'de sleutel “media” ontbreekt',
  'the key “id” is missing': 'de sleutel “id” ontbreekt',
  'the key “{0}” is missing': 'de sleutel “{0}” ontbreekt',
  '“{0}” is no JSON value; write null or leave it out': '“{0}” is geen JSON-waarde; schrijf null of laat het weg',
  '“{0}” is no JSON value; JSON has null, true and false': '“{0}” is geen JSON-waarde; JSON heeft null, true en false',
  'JSON has no comments; take this one out': 'JSON heeft geen opmerkingen; haal deze weg',
  'JSON has only straight double quotes (")': 'JSON heeft alleen rechte dubbele aanhalingstekens (")',

  '{0}, and {1} more': '{0}, en nog {1}',
  'texts without a picture or video of their name are passed over ({0}): {1}':
    'teksten zonder een afbeelding of video van dezelfde naam zijn overgeslagen ({0}): {1}',
  'annotation files are not read with a folder ({0}): {1}; import them with their own format':
    'annotatiebestanden worden niet met een map gelezen ({0}): {1}; importeer ze met hun eigen formaat',
  'files that are neither a picture nor a video are passed over ({0}): {1}':
    'bestanden die geen afbeelding en geen video zijn, zijn overgeslagen ({0}): {1}',

  'texts that are not UTF-8 are read as windows-1252 ({0}): {1}; if their letters come out wrong, name their encoding (on the command line: --encoding)':
    'teksten die geen UTF-8 zijn, zijn gelezen als windows-1252 ({0}): {1}; noem de codering als de letters niet kloppen (op de opdrachtregel: --encoding)',

  'objects: the key “categories” is missing': 'objects: de sleutel “categories” ontbreekt',
  'objects: there are {0} boxes and {1} classes': 'objects: er zijn {0} kaders en {1} klassen',
  'empty texts are left out ({0}): {1}': 'lege teksten zijn weggelaten ({0}): {1}',
  'texts that say the same of the same item again are left out ({0}): {1}':
    'teksten die over hetzelfde item nog eens hetzelfde zeggen, zijn weggelaten ({0}): {1}',
  'summaries are not read ({0}): {1}': 'samenvattingen worden niet gelezen ({0}): {1}',
  '{0}, and others': '{0}, en andere',
  'its pairs come back as context of their images, not as pairs to review ({0})':
    'de paren ervan komen terug als context van hun afbeeldingen, niet als paren om te beoordelen ({0})',
  'its label is empty, so it is left out': 'het label ervan is leeg, dus het is weggelaten',
  'a file of ActivityNet with classes of activities': 'een bestand van ActivityNet met klassen van activiteiten',
  'Choose a file of ActivityNet Captions (train.json, val_1.json), which has sentences with times, and the format activitynet.':
    'Kies een bestand van ActivityNet Captions (train.json, val_1.json), dat zinnen met tijden heeft, en het formaat activitynet.',
  '“{0}” does not begin with two times in milliseconds; its text is left out':
    '“{0}” begint niet met twee tijden in milliseconden; de tekst ervan is weggelaten',
  'it is a web page': 'het is een webpagina',
  'it is rich text (RTF)': 'het is opgemaakte tekst (RTF)',
  'it is MPL2': 'het is MPL2',
  'Get the subtitles again: whatever saved this file was given a page in place of them.':
    'Haal de ondertitels opnieuw op: wat dit bestand bewaarde, kreeg een pagina in plaats daarvan.',
  'it is TTML': 'het is TTML',
  'it is SAMI': 'het is SAMI',
  'it holds several values, as JSON lines do: the second begins in line {0}':
    'het bevat meerdere waarden, zoals JSON-regels: de tweede begint in regel {0}',
  'Put them into one list, with commas between them.': 'Zet ze in één lijst, met komma’s ertussen.',
  'it is timed text in JSON, as YouTube has it': 'het is tekst met tijden in JSON, zoals YouTube die heeft',
  'it is timed text in XML, as YouTube has it': 'het is tekst met tijden in XML, zoals YouTube die heeft',
  'it is MicroDVD, which counts frames': 'het is MicroDVD, dat beelden telt',
  'it is LRC': 'het is LRC',
  'it is SCC': 'het is SCC',
  '{0}, which is not read': '{0}, dat niet wordt gelezen',
  'Convert it to WebVTT or SRT, for instance with a subtitle editor.':
    'Zet het om naar WebVTT of SRT, bijvoorbeeld met een ondertitelprogramma.',
  '{0} other files are not read: {1}': '{0} andere bestanden zijn niet gelezen: {1}',
  '“{0}” is left out, as WebVTT says; write &lt; where “<” is text':
    '“{0}” is weggelaten, zoals WebVTT voorschrijft; schrijf &lt; waar “<” tekst is',
  'segment {0}: {1}; it is left out': 'segment {0}: {1}; het is weggelaten',
  'these are rolling captions: lines that are shown again are left out ({0})':
    'dit zijn rollende ondertitels: regels die opnieuw verschijnen, zijn weggelaten ({0})',

  'it is compressed by gzip': 'het is gecomprimeerd met gzip',
  'Unpack it (gunzip) and choose the file that comes out.': 'Pak het uit (gunzip) en kies het bestand dat eruit komt.',
  'it is compressed by bzip2': 'het is gecomprimeerd met bzip2',
  'Unpack it (bunzip2) and choose the file that comes out.': 'Pak het uit (bunzip2) en kies het bestand dat eruit komt.',
  'it is compressed by xz': 'het is gecomprimeerd met xz',
  'Unpack it (unxz) and choose the file that comes out.': 'Pak het uit (unxz) en kies het bestand dat eruit komt.',
  'it is compressed by zstd': 'het is gecomprimeerd met zstd',
  'Unpack it (unzstd) and choose the file that comes out.': 'Pak het uit (unzstd) en kies het bestand dat eruit komt.',
  'it is a 7z archive': 'het is een 7z-archief',
  'Unpack it and choose the annotation file in it.': 'Pak het uit en kies het annotatiebestand dat erin zit.',
  'it is a Parquet file': 'het is een Parquet-bestand',
  'Write it as CSV or as JSON lines first, for instance with pandas: read_parquet and to_csv.':
    'Schrijf het eerst als CSV of als JSON-regels, bijvoorbeeld met pandas: read_parquet en to_csv.',
  'it is an Arrow file': 'het is een Arrow-bestand',
  'Write it as CSV or as JSON lines first, for instance with the library datasets: to_csv.':
    'Schrijf het eerst als CSV of als JSON-regels, bijvoorbeeld met de bibliotheek datasets: to_csv.',
  'it is an Excel workbook': 'het is een Excel-werkmap',
  'Save the sheet as “CSV UTF-8” and choose that.': 'Sla het blad op als “CSV UTF-8” en kies dat.',
  'it is an HDF5 file': 'het is een HDF5-bestand',
  'Write it as CSV or as JSON lines first.': 'Schrijf het eerst als CSV of als JSON-regels.',
  'Save it with the encoding UTF-8, or name its encoding (on the command line: --encoding shift_jis).':
    'Sla het op met de codering UTF-8, of noem de codering (op de opdrachtregel: --encoding shift_jis).',
  'There is no encoding “{0}”.': 'Er is geen codering “{0}”.',
  'Name one such as utf-8, windows-1252, windows-1251, shift_jis, gb18030, big5 or euc-kr.':
    'Noem er een zoals utf-8, windows-1252, windows-1251, shift_jis, gb18030, big5 of euc-kr.',
  'it is not text in {0}': 'het is geen tekst in {0}',
  'it is not UTF-8 text and is read as {0}; if its letters come out wrong, name its encoding (on the command line: --encoding)':
    'het is geen UTF-8-tekst en is gelezen als {0}; noem de codering als de letters niet kloppen (op de opdrachtregel: --encoding)',
}
