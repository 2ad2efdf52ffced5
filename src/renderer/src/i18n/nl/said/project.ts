/** Projects and their files, what the store holds, and what a check of it finds. */
export const project = {
  '{0}': '{0}',
  '{0}.': '{0}.',
  '{0}: ': '{0}: ',
  '{0}{1}': '{0}{1}',
  '{0} {1}': '{0} {1}',
  '{0}: {1}': '{0}: {1}',
  '{0}: {1}.': '{0}: {1}.',
  '{0}{1}: {2}': '{0}{1}: {2}',
  '{0} ({1})': '{0} ({1})',
  '{0} {1} ({2})': '{0} {1} ({2})',

  'Blind review hides this from {0}.': 'Blind beoordelen verbergt dit voor {0}.',
  'Name the lead of this project in the settings of review.': 'Noem de projectleider van dit project in de instellingen voor beoordelen.',
  'Ask {0}, the lead of this project.': 'Vraag {0}, de projectleider van dit project.',

  'Unknown call.': 'Onbekende aanroep.',
  'Restart Exemplar.': 'Start Exemplar opnieuw.',
  'Correct it and try again.': 'Verbeter het en probeer het opnieuw.',
  'This page may not call Exemplar.': 'Deze pagina mag Exemplar niet aanroepen.',
  'Close it.': 'Sluit haar.',
  'The helper process stopped unexpectedly.': 'Het hulpproces stopte onverwacht.',
  'Try again; what was stored so far is safe.': 'Probeer het opnieuw; wat tot nu toe is bewaard, is veilig.',

  '{0}the disk is full.': '{0}de schijf is vol.',
  '{0}writing is not allowed here.': '{0}hier mag niet worden geschreven.',
  '{0}another program is writing to this project.': '{0}een ander programma schrijft in dit project.',
  '{0}the project file cannot be read ({1}).': '{0}het projectbestand is niet te lezen ({1}).',
  '{0}the project file is not as Exemplar made it ({1}).': '{0}het projectbestand is niet zoals Exemplar het heeft gemaakt ({1}).',
  '{0}no such file or folder.': '{0}zo’n bestand of map is er niet.',
  'Free some space and try again; everything stored so far is safe.':
    'Maak ruimte vrij en probeer het opnieuw; alles wat tot nu toe is bewaard, is veilig.',
  'Choose another folder, or change its permissions.': 'Kies een andere map, of verander de rechten ervan.',
  'Wait until it has finished and try again.': 'Wacht tot het klaar is en probeer het opnieuw.',
  'Run `npm run exemplar -- doctor <project>`, or `npm run exemplar -- recover <project>`.':
    'Voer `npm run exemplar -- doctor <project>` uit, of `npm run exemplar -- recover <project>`.',
  'Run `npm run exemplar -- recover <project>` to choose what to go on with.':
    'Voer `npm run exemplar -- recover <project>` uit om te kiezen waarmee u verdergaat.',
  'Run `npm run exemplar -- doctor <project>`.': 'Voer `npm run exemplar -- doctor <project>` uit.',
  'Check the path.': 'Controleer het pad.',
  'The disk that temporary files are on is full.': 'De schijf met de tijdelijke bestanden is vol.',
  'Temporary files cannot be written or read ({0}).': 'Tijdelijke bestanden zijn niet te schrijven of te lezen ({0}).',
  'See that the folder for temporary files can be written, and try again.':
    'Zorg dat er in de map voor tijdelijke bestanden kan worden geschreven, en probeer het opnieuw.',

  'The project needs a name.': 'Het project heeft een naam nodig.',
  'Give a folder such as my-data.exemplar.': 'Geef een map zoals mijn-data.exemplar op.',
  '{0} exists already.': '{0} bestaat al.',
  'Open it, or choose another name.': 'Open het, of kies een andere naam.',
  'Choose another name.': 'Kies een andere naam.',
  '{0}: a name holds no slashes.': '{0}: in een naam staan geen schuine strepen.',
  '{0}: its project file was set aside as {1}.': '{0}: het projectbestand is opzijgezet als {1}.',
  'There is no project at {0}.': 'Op {0} is geen project.',
  'Choose a folder that ends in .exemplar, or make a new project.': 'Kies een map die op .exemplar eindigt, of maak een nieuw project.',
  'Choose a folder that ends in .exemplar.': 'Kies een map die op .exemplar eindigt.',
  '{0} was not chosen in this window.': '{0} is niet in dit venster gekozen.',
  'Choose it once more.': 'Kies het nog eens.',
  'No project is open.': 'Er is geen project open.',
  'Open a project first.': 'Open eerst een project.',
  'The list of licenses is not there.': 'De lijst met licenties is er niet.',
  '{0} is not there.': '{0} is er niet.',
  'Export again.': 'Exporteer opnieuw.',
  '{0} is {1}, so the project is not opened.': '{0} is {1}; daarom wordt het project niet geopend.',
  'a link': 'een koppeling',
  'not a plain file': 'geen gewoon bestand',
  'not a name': 'geen naam',
  'not a folder': 'geen map',
  'Put the file itself in its place, and open only projects that you trust.':
    'Zet het bestand zelf op die plaats, en open alleen projecten die u vertrouwt.',
  '{0} is no Exemplar project, or its making was interrupted.': '{0} is geen project van Exemplar, of het maken ervan is onderbroken.',
  'Make a new project.': 'Maak een nieuw project.',
  '{0} is damaged ({1}). Nothing was changed.': '{0} is beschadigd ({1}). Er is niets veranderd.',
  'Run `npm run exemplar -- recover {0}`, or open it in the window, and choose what to go on with.':
    'Voer `npm run exemplar -- recover {0}` uit, of open het in het venster, en kies waarmee u verdergaat.',
  '{0}-wal is missing: the project was not closed in good order, and its latest changes were in that file. Nothing was changed.':
    '{0}-wal ontbreekt: het project is niet netjes gesloten, en de laatste wijzigingen stonden in dat bestand. Er is niets veranderd.',
  'Put {0}-wal back if you have it. {1}': 'Zet {0}-wal terug als u het hebt. {1}',
  '{0} was moved, deleted or replaced while the project was open. Nothing more is stored here.':
    '{0} is verplaatst, verwijderd of vervangen terwijl het project open was. Hier wordt niets meer bewaard.',
  'Open the project again and check the latest decisions.': 'Open het project opnieuw en controleer de laatste beslissingen.',
  'What was stored is in {0}. Check the project before you go on.':
    'Wat was bewaard, staat in {0}. Controleer het project voordat u verdergaat.',
  '{0} is open in another window or command ({1}), so it is not replaced.':
    '{0} is open in een ander venster of commando ({1}); daarom wordt het niet vervangen.',
  'process {0}': 'proces {0}',
  'process {0} on {1}': 'proces {0} op {1}',
  'Close the project there and try again. If nothing has it open, delete {0}.':
    'Sluit het project daar en probeer het opnieuw. Als niets het open heeft, verwijder dan {0}.',
  '{0}: nothing could be recovered from the damaged file.': '{0}: uit het beschadigde bestand was niets te herstellen.',
  'Nothing can be recovered from the damaged file ({0}).': 'Uit het beschadigde bestand is niets te herstellen ({0}).',
  'it is the database of another program': 'het is de database van een ander programma',
  'Use the backup, if there is one.': 'Gebruik de back-up, als die er is.',
  'Use a backup, if there is one.': 'Gebruik een back-up, als die er is.',
  '{0}: there is no sound backup.': '{0}: er is geen gave back-up.',
  'Use what could be recovered, if there is anything.': 'Gebruik wat te herstellen was, als er iets is.',
  'the project file was set aside as {0}': 'het projectbestand is opzijgezet als {0}',
  '{0} is sound, so there is nothing to recover.': '{0} is gaaf; er is dus niets te herstellen.',
  'Open it.': 'Open het.',
  'The damaged file was written by an earlier version of Exemplar, so its rows cannot be read.':
    'Het beschadigde bestand is geschreven door een eerdere versie van Exemplar; de rijen ervan zijn niet te lezen.',
  'Put a copy from its backups folder in its place and run `npm run convert-project -- <project>`.':
    'Zet een kopie uit de map backups op zijn plaats en voer `npm run convert-project -- <project>` uit.',
  '{0}: this project was written by an earlier version of Exemplar (schema {1}). It was not changed.':
    '{0}: dit project is geschreven door een eerdere versie van Exemplar (schema {1}). Het is niet veranderd.',
  'Run `npm run convert-project -- {0}`, which keeps a copy in its backups folder.':
    'Voer `npm run convert-project -- {0}` uit; daarbij blijft een kopie in de map backups staan.',
  '{0}: the disk is full, so no backup was made. Those that are there were kept.':
    '{0}: de schijf is vol; daarom is er geen back-up gemaakt. De back-ups die er zijn, zijn gebleven.',
  'Free some space, then run `npm run exemplar -- backup <project>`.':
    'Maak ruimte vrij en voer dan `npm run exemplar -- backup <project>` uit.',
  '{0}-wal is missing; the project was not closed in good order, and its latest changes were in it':
    '{0}-wal ontbreekt; het project is niet netjes gesloten, en de laatste wijzigingen stonden erin',
  'Put it back if you have it, or run `npm run exemplar -- recover <project>` to choose what to go on with.':
    'Zet het terug als u het hebt, of voer `npm run exemplar -- recover <project>` uit om te kiezen waarmee u verdergaat.',
  'this cannot be looked at ({0})': 'dit is niet te bekijken ({0})',
  'candidates without an item': 'paren zonder item',
  '{0}: this project was written by a newer version of Exemplar (schema {1}, this one knows {2}).':
    '{0}: dit project is geschreven door een nieuwere versie van Exemplar (schema {1}, deze kent {2}).',
  'Open it with that version, or update Exemplar. Nothing was changed.':
    'Open het met die versie, of werk Exemplar bij. Er is niets veranderd.',
  '{0}: another program is writing to this project.': '{0}: een ander programma schrijft in dit project.',
  '{0} is open for reading only, since its disk is full.': '{0} is alleen open om te lezen, want de schijf ervan is vol.',
  'Free some space, then open it again.': 'Maak ruimte vrij en open het dan opnieuw.',
  '{0} is open for reading only, since nothing may be written there.':
    '{0} is alleen open om te lezen, want daar mag niets worden geschreven.',
  'Copy it to a folder of yours and open the copy, or change its permissions and open it again.':
    'Kopieer het naar een map van uzelf en open de kopie, of verander de rechten ervan en open het opnieuw.',

  'There is no version {0} of the guidelines.': 'Er is geen versie {0} van de richtlijnen.',
  'Choose another one.': 'Kies een andere.',
  'There is no video {0}.': 'Er is geen video {0}.',
  'There is no medium {0}.': 'Er is geen medium {0}.',
  'There is no candidate {0} in this project.': 'Er is geen paar {0} in dit project.',
  'List the candidates to see which there are.': 'Bekijk de tabel om te zien welke paren er zijn.',
  'Candidate {0}: an edit needs text.': 'Paar {0}: bij het bewerken hoort tekst.',
  'Give an instruction, a response, or both.': 'Geef een instructie, een antwoord, of beide.',
  'Candidate {0} is not pinned.': 'Paar {0} is niet vastgezet.',
  'Pin it first.': 'Zet het eerst vast.',
  'Candidate {0} is a pair of another item.': 'Paar {0} is van een ander item.',
  'Choose a pair of the item.': 'Kies een paar van het item.',
  'This pair cannot be split yet.': 'Dit paar kan nog niet worden gesplitst.',
  'Accept, edit or reject it first.': 'Accepteer, bewerk of wijs het eerst af.',
  'There is no comment {0} of {1}.': 'Er is geen opmerking {0} van {1}.',
  'Only who wrote a comment can take it back.': 'Alleen wie een opmerking schreef, kan haar terugnemen.',
  'The project has no prompt.': 'Het project heeft geen prompt.',
  'Restore a copy from its backups folder.': 'Zet een kopie uit de map backups terug.',
  '{0} rows of {1} hold a number that is too large': '{0} rijen van {1} bevatten een te groot getal',
  '{0}a value that was read has another form than Exemplar writes ({1}).':
    '{0}een gelezen waarde heeft een andere vorm dan Exemplar schrijft ({1}).',
  'Run `npm run exemplar -- doctor <project>`; if it finds nothing, report this text.':
    'Voer `npm run exemplar -- doctor <project>` uit; als dat niets vindt, meld dan deze tekst.',
  'Restore a copy from the backups folder.': 'Zet een kopie uit de map backups terug.',

  '{0} cannot be read from the project file ({1}).': '{0}: dat is niet uit het projectbestand te lezen ({1}).',
  'it is no JSON': 'het is geen JSON',
  '{0} is missing in the project file.': '{0} ontbreekt in het projectbestand.',
  'prompt version {0}': 'promptversie {0}',
  'item {0}': 'item {0}',
  'the decision on candidate {0}': 'de beslissing over paar {0}',
  'What was typed for candidate {0}': 'Wat voor paar {0} is getypt',
  'What was remarked on candidate {0}': 'Wat bij paar {0} is opgemerkt',
  'What was put on pairs': 'Wat bij paren is gezet',
  'What was typed in a form': 'Wat in een formulier is getypt',
  'What the project asks of its reviewers': 'Wat het project van zijn beoordelaars vraagt',
  'Who drives run {0}': 'Wie run {0} uitvoert',
  'How the project asks': 'Hoe het project vraagt',
  'Version {0} of the guidelines': 'Versie {0} van de richtlijnen',
  'in force': 'die nu geldt',
  'The context of item {0}': 'De context van item {0}',
  'Run {0}': 'Run {0}',
  'Who drives a run': 'Wie een run uitvoert',
  'The project itself': 'Het project zelf',
  'The unsaved prompt': 'De niet opgeslagen prompt',
  'The view {0}': 'De weergave {0}',

  'candidates whose state is not that of their last decision': 'paren waarvan de stand niet die van hun laatste beslissing is',
  'candidates without a text': 'paren zonder tekst',
  'candidates that do not belong to the call they name': 'paren die niet horen bij de aanroep die ze noemen',
  'candidates with both a call and an author, or neither': 'paren met zowel een aanroep als een auteur, of geen van beide',
  'pairs of people that were split from a pair of another item, or stand in a conversation of one':
    'paren van mensen die van een paar van een ander item zijn afgesplitst, of in een gesprek daarvan staan',
  'calls whose exemplars are pairs of the same item': 'aanroepen waarvan de voorbeelden paren van hetzelfde item zijn',
  'items without a context': 'items zonder context',
  'Import the items again under another id.': 'Importeer de items opnieuw onder een ander id.',
  'runs whose counts differ from their calls': 'runs waarvan de tellingen van hun aanroepen verschillen',
  'items answered twice in one run': 'items die in één run twee keer zijn beantwoord',
  'The pairs of both answers are kept; reject those that you do not need.':
    'De paren van beide antwoorden zijn bewaard; wijs af wat u niet nodig hebt.',
  'times two runs asked for the same items at once': 'keer vroegen twee runs tegelijk naar dezelfde items',
  'The pairs of both runs are kept; reject those that you do not need.':
    'De paren van beide runs zijn bewaard; wijs af wat u niet nodig hebt.',
  'replies that are not stored yet ({0})': 'antwoorden die nog niet zijn bewaard ({0})',
  'Open the project while no run is under way, which stores them; report a file that stays.':
    'Open het project terwijl er geen run bezig is; dan worden ze bewaard. Meld een bestand dat blijft.',
  'media without an item': 'media zonder item',
  'They do no harm; import their items again to use them.': 'Ze doen geen kwaad; importeer hun items opnieuw om ze te gebruiken.',
  '{0} {1} names a {2} that is not there': '{0} {1} noemt een {2} die er niet is',
  'the search index is out of step': 'de zoekindex loopt niet gelijk',
  '{0} was altered by another program: {1}. It is not opened.': '{0} is door een ander programma veranderd: {1}. Het wordt niet geopend.',
  'it has too many tables, views and triggers to be read': 'het heeft te veel tabellen, views en triggers om te lezen',
  'Open only projects that you trust. `npm run exemplar -- recover {0}` shows what can be saved of it.':
    'Open alleen projecten die u vertrouwt. `npm run exemplar -- recover {0}` toont wat ervan te redden is.',
  '{0}-wal is damaged, or is not the log of this project file. Nothing was changed.':
    '{0}-wal is beschadigd, of is niet het logboek van dit projectbestand. Er is niets veranderd.',
  'Put the log back that belongs to it. {0}': 'Zet het logboek terug dat erbij hoort. {0}',
  '{0} is the database of another program, not a project of Exemplar.':
    '{0} is de database van een ander programma, geen project van Exemplar.',
  'Choose a folder that Exemplar made; the file was not changed.':
    'Kies een map die Exemplar heeft gemaakt; het bestand is niet veranderd.',
  '{0} is {1}, so nothing is read or written there.': '{0} is {1}; daarom wordt daar niets gelezen of geschreven.',
  'Put a folder or file of your own in its place, and open only projects that you trust.':
    'Zet op die plaats een eigen map of bestand, en open alleen projecten die u vertrouwt.',
  'Copy {0} to {1} again.': 'Kopieer {0} opnieuw naar {1}.',
  '{0} ({1}) is missing': '{0} ({1}) ontbreekt',
  '{0} ({1}) was changed': '{0} ({1}) is veranderd',
  '{0} files without a row ({1})': '{0} bestanden zonder rij ({1})',
  'They do no harm; delete them, or import their items again.': 'Ze doen geen kwaad; verwijder ze, of importeer hun items opnieuw.',
}
