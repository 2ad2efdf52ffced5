/** Pictures and videos, and why they cannot be used or shown. */
export const media = {
  'Re-encode it to an H.264 MP4 file and import that.': 'Zet het om naar een MP4-bestand met H.264 en importeer dat.',
  'it has more than {0} pixels': 'ze heeft meer dan {0} pixels',
  'unknown reason': 'reden onbekend',
  'Replace the file by one that opens in an image viewer.': 'Vervang het bestand door een dat in een afbeeldingenprogramma opent.',
  'the image does not decode ({0})': 'de afbeelding is niet te decoderen ({0})',
  '{0}: the part from {1} to {2} is not in the video, which lasts {3}.':
    '{0}: het deel van {1} tot {2} ligt niet in de video, die {3} duurt.',
  'Correct the times of the item in its file and {0}.': 'Verbeter de tijden van het item in zijn bestand en {0}.',
  '{0}: that would be {1} frames.': '{0}: dat zouden {1} beelden zijn.',
  'Ask for fewer frames.': 'Vraag minder beelden.',
  'Copy {0} to {1} of the project again.': 'Kopieer {0} opnieuw naar {1} van het project.',
  'the file is damaged: it has {0} bytes, and had {1} when it was imported':
    'het bestand is beschadigd: het heeft {0} bytes, en had er {1} toen het werd geïmporteerd',
  'the file is damaged: its content is not what was imported': 'het bestand is beschadigd: de inhoud is niet wat er is geïmporteerd',
  'the file is missing from the project': 'het bestand ontbreekt in het project',
  'the file cannot be read ({0})': 'het bestand is niet te lezen ({0})',
  'Give yourself the right to read it.': 'Geef uzelf het recht om het te lezen.',
  '“{0}” is not the name of a stored medium.': '“{0}” is niet de naam van een bewaard medium.',
  'Restore a copy of the project from its backups folder.': 'Zet een kopie van het project uit zijn map backups terug.',
  'it is a link or a folder, not a file': 'het is een koppeling of een map, geen bestand',
  'Put the file itself in its place.': 'Zet het bestand zelf op die plaats.',
  'it has no video track': 'het heeft geen videospoor',
  '{0} video cannot be decoded here': '{0}-video is hier niet te decoderen',
  'the {0} video does not decode': 'de {0}-video is niet te decoderen',
  'the video cannot be read': 'de video is niet te lezen',
  'the video brings its decoder down': 'de video laat zijn decoder vastlopen',
  'the video does not decode: nothing came of it in {0} seconds': 'de video is niet te decoderen: in {0} seconden kwam er niets uit',
  'the video does not decode ({0})': 'de video is niet te decoderen ({0})',
  'The file has no video track. Replace it by a file that has pictures.':
    'Het bestand heeft geen videospoor. Vervang het door een bestand met beelden.',
  '{0} video cannot be decoded here.': '{0}-video is hier niet te decoderen.',
  'The {0} video does not decode: its file is damaged or cut off.':
    'De {0}-video is niet te decoderen: het bestand is beschadigd of afgekapt.',
  'The video cannot be read: its file is damaged or cut off.': 'De video is niet te lezen: het bestand is beschadigd of afgekapt.',
  'The video brings its decoder down.': 'De video laat zijn decoder vastlopen.',
  'The video does not decode: nothing came of it in {0} seconds.': 'De video is niet te decoderen: in {0} seconden kwam er niets uit.',
  'Videos are decoded by Electron, which is not ready here.': 'Video’s worden gedecodeerd door Electron, en dat staat hier niet klaar.',
  'Run "npm run prepare-runtime", do what it says, and try again.':
    'Voer "npm run prepare-runtime" uit, doe wat het zegt, en probeer het opnieuw.',
  'The program for videos is not there.': 'Het programma voor video’s is er niet.',
  'Build or install Exemplar again.': 'Bouw of installeer Exemplar opnieuw.',
  'Restart Exemplar; if it happens again, install it again.': 'Start Exemplar opnieuw; gebeurt het nog eens, installeer het dan opnieuw.',
  'The helper process for videos does not start.': 'Het hulpproces voor video’s start niet.',
  'the link leads back to itself': 'de koppeling leidt terug naar zichzelf',
  'the file name is too long': 'de bestandsnaam is te lang',
  'the file name is empty': 'de bestandsnaam is leeg',
  'the file name holds a NUL character': 'de bestandsnaam bevat een NUL-teken',
  'it is an address, not a file; download it into the media folder':
    'het is een adres, geen bestand; download het naar de map met de media',
  'it points outside the media folder': 'het wijst buiten de map met de media',
  'there is no such file in the media folder': 'zo’n bestand is er niet in de map met de media',
  '{0} pictures are not supported; convert it to JPEG, PNG or WebP':
    'afbeeldingen van het soort {0} worden niet ondersteund; zet het bestand om naar JPEG, PNG of WebP',
  'raw camera': 'camera-raw',
  'sound without pictures is not supported': 'geluid zonder beeld wordt niet ondersteund',
  'it is a web page, not a picture': 'het is een webpagina, geen afbeelding',
  'it is text, not a picture': 'het is tekst, geen afbeelding',
  'it is neither a picture nor a video of a known kind': 'het is geen afbeelding en geen video van een bekende soort',
  'the file is empty': 'het bestand is leeg',
  'NumPy arrays are not supported; save it as a TIFF or PNG': 'NumPy-arrays worden niet ondersteund; sla het op als TIFF of PNG',
  'it is in the colour space Lab, which is not read; save it as RGB': 'de kleurruimte is Lab, die niet wordt gelezen; sla het op als RGB',
  'its values have 64 bits or are complex numbers, which are not read; save it with 8, 16 or 32 bits a channel':
    'de waarden hebben 64 bits of zijn complexe getallen, die niet worden gelezen; sla het op met 8, 16 of 32 bits per kanaal',
  'it has floating-point values of 16 bits, which are not read; save it with 32 bits':
    'het heeft drijvendekommawaarden van 16 bits, die niet worden gelezen; sla het op met 32 bits',
  'it has values of 16 bits below zero, which are not read; save it with 32-bit floating-point values':
    'het heeft waarden van 16 bits onder nul, die niet worden gelezen; sla het op met drijvendekommawaarden van 32 bits',
  'it has more than 8 bits a channel and more than {0} values; make it smaller':
    'het heeft meer dan 8 bits per kanaal en meer dan {0} waarden; maak het kleiner',
  'none of its values is a number': 'geen van de waarden is een getal',
  'its canvas has {0} × {1} pixels, and its pictures fill only {2} × {3}; save it as a PNG':
    'het doek is {0} × {1} pixels, en de afbeeldingen vullen er maar {2} × {3} van; sla het op als PNG',
  'it is a PDF document, not a picture': 'het is een PDF-document, geen afbeelding',
}
