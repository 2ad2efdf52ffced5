/** Prompts, runs, and why a call to a model brought nothing. */
export const generation = {
  'Save a key in the settings, or set OPENAI_API_KEY.': 'Bewaar een sleutel in de instellingen, of stel OPENAI_API_KEY in.',
  'Check the name of the model in the settings.': 'Controleer de naam van het model in de instellingen.',
  'Wait and resume the run, lower the number of calls at once, or check the quota of the account.':
    'Wacht en hervat de run, verlaag het aantal aanroepen tegelijk, of controleer het tegoed van het account.',
  'Resume the run later; the items without an answer are asked again.':
    'Hervat de run later; de items zonder antwoord worden opnieuw gevraagd.',
  'Check the address in the settings and that the server runs, then resume the run.':
    'Controleer het adres in de instellingen en of de server draait, en hervat dan de run.',
  'Raise the time limit in the settings, or lower the number of calls at once, then resume the run.':
    'Verhoog de tijdgrens in de instellingen, of verlaag het aantal aanroepen tegelijk, en hervat dan de run.',
  'Read the reply; a model that follows instructions better helps, then resume the run.':
    'Lees het antwoord; een model dat instructies beter volgt, helpt; hervat dan de run.',
  'Raise the most tokens of a reply, or ask for fewer pairs per item, then resume the run.':
    'Sta meer tokens in een antwoord toe, of vraag minder paren per item, en hervat dan de run.',
  'Add context to the item in its file and {0}, or change the system message; then resume the run.':
    'Voeg in zijn bestand context aan het item toe en {0}, of verander het systeembericht; hervat dan de run.',
  'Change what the server complains about in the settings, then resume the run.':
    'Verander in de instellingen waar de server over klaagt, en hervat dan de run.',
  'Import the file again, or leave the picture out of the prompt.':
    'Importeer het bestand opnieuw, of laat de afbeelding weg uit de prompt.',
  'Correct the context template on the prompt screen and start a new run.':
    'Verbeter het contextsjabloon in het promptscherm en begin een nieuwe run.',
  'Try again; if it happens again, report it with this text.': 'Probeer het opnieuw; gebeurt het nog eens, meld het dan met deze tekst.',

  'The model refused: {0}': 'Het model weigerde: {0}',
  "The server's content filter withheld the reply.": 'Het inhoudsfilter van de server hield het antwoord tegen.',
  'The reply reached the most tokens allowed and is cut off.': 'Het antwoord bereikte het hoogste aantal tokens en is afgekapt.',
  'The reply is empty.': 'Het antwoord is leeg.',
  'The reply holds no pairs.': 'Het antwoord bevat geen paren.',
  'The reply is not in the form that was asked for: {0}': 'Het antwoord heeft niet de vorm waarom is gevraagd: {0}',
  'The pairs of the reply cannot be read: {0}': 'De paren van het antwoord zijn niet te lezen: {0}',
  'no list of pairs.': 'geen lijst van paren.',
  'pair {0} has no {1}.': 'paar {0} heeft geen {1}.',
  'pair {0} is not an object.': 'paar {0} is geen object.',
  'pair {0} has no kind; it must be conversation, detail or reasoning.':
    'paar {0} heeft geen soort; die moet conversation, detail of reasoning zijn.',
  'conversation {0} has 1 round; {1} were asked for.': 'gesprek {0} heeft 1 beurt; er waren er {1} gevraagd.',
  'conversation {0} has {1} rounds; {2} were asked for.': 'gesprek {0} heeft {1} beurten; er waren er {2} gevraagd.',
  'round {0} of conversation {1} has no reason.': 'beurt {0} van gesprek {1} heeft geen reden.',
  'The reply is not the JSON that was asked for: {0}': 'Het antwoord is niet de JSON waarom is gevraagd: {0}',
  'The JSON of the reply ends in the middle.': 'De JSON van het antwoord houdt halverwege op.',
  "The reply ends within the model's reasoning, before its answer is whole.":
    'Het antwoord houdt op in de redenering van het model, voordat het eigenlijke antwoord volledig is.',
  "The reply holds only the model's reasoning and no answer.":
    'Het antwoord bevat alleen de redenering van het model en geen eigenlijk antwoord.',
  'The reply has dots where pairs should be.': 'Het antwoord heeft puntjes waar paren horen te staan.',
  'The reply holds {0} pairs; {1} were asked for.': 'Het antwoord bevat {0} paren; er waren er {1} gevraagd.',
  'The JSON of the reply is damaged at: {0}': 'De JSON van het antwoord is beschadigd bij: {0}',
  'The reply is JSON of another shape: its brackets are nested too deeply.':
    'Het antwoord is JSON van een andere vorm: de haken zijn te diep genest.',
  'The reply is JSON of another shape: it holds far more values than pairs were asked for.':
    'Het antwoord is JSON van een andere vorm: het bevat veel meer waarden dan er paren zijn gevraagd.',
  'The reply is not the JSON that was asked for, and its text is not clear: {0}':
    'Het antwoord is niet de JSON waarom is gevraagd, en de tekst is niet duidelijk: {0}',
  'it repeats the form that was asked for, without pairs.': 'het herhaalt de gevraagde vorm, zonder paren.',
  'it holds two versions of the pairs, and which one is meant is not clear.':
    'het bevat twee versies van de paren, en welke bedoeld is, is niet duidelijk.',
  'it holds far more pairs than were asked for.': 'het bevat veel meer paren dan er zijn gevraagd.',
  'JSON within a string is damaged.': 'JSON binnen een tekst is beschadigd.',
  'lists of pairs stand under several keys: {0}.': 'er staan lijsten van paren onder meerdere sleutels: {0}.',
  'conversation {0} holds no rounds.': 'gesprek {0} bevat geen beurten.',
  'a pair has two texts for its {0}: {1}, {2}.': 'een paar heeft twee teksten voor zijn {0}: {1}, {2}.',
  'turn {0} of a conversation has no counterpart.': 'beurt {0} van een gesprek heeft geen tegenhanger.',
  'the instruction of pair {0} is no text.': 'de instructie van paar {0} is geen tekst.',
  'the response of pair {0} is no text.': 'de respons van paar {0} is geen tekst.',
  'question and answer do not follow each other at pair {0}.': 'vraag en antwoord volgen elkaar niet op bij paar {0}.',
  'where pair {0} ends is not clear.': 'waar paar {0} eindigt, is niet duidelijk.',
  'The demo generator writes from captions, boxes and other fields, and this item has none that it can use.':
    'De demogenerator schrijft op grond van bijschriften, kaders en andere velden, en dit item heeft er geen die hij kan gebruiken.',
  'OpenAI needs a key, and none is saved.': 'OpenAI heeft een sleutel nodig, en er is er geen bewaard.',
  'No answer within {0} s.': 'Geen antwoord binnen {0} s.',
  'The address answers, but not with one vector for each text.': 'Het adres antwoordt, maar niet met één vector voor elke tekst.',
  'Embedding model {0}: {1}': 'Embeddingmodel {0}: {1}',
  'The server took too long to answer ({0}).': 'De server deed te lang over het antwoord ({0}).',
  'The server cannot be reached ({0}).': 'De server is niet te bereiken ({0}).',
  'The server closed the connection ({0}).': 'De server verbrak de verbinding ({0}).',
  'The server refuses the request ({0}): {1}': 'De server weigert het verzoek ({0}): {1}',
  'The server does not accept the key ({0}): {1}': 'De server accepteert de sleutel niet ({0}): {1}',
  'The server took too long ({0}): {1}': 'De server deed er te lang over ({0}): {1}',
  'The server failed ({0}): {1}': 'De server faalde ({0}): {1}',
  'The picture {0} is not in the project.': 'De afbeelding {0} staat niet in het project.',
  'A test sends no pictures.': 'Een test stuurt geen afbeeldingen.',

  'The context template cannot be used: {0}.': 'Het contextsjabloon is niet te gebruiken: {0}.',
  'The context template cannot be used: line {0}, column {1}: {2}.': 'Het contextsjabloon is niet te gebruiken: regel {0}, kolom {1}: {2}.',
  'tag "{0}" is not available: a template cannot read others': 'tag "{0}" is niet beschikbaar: een sjabloon kan geen andere lezen',
  'Correct the template on the prompt screen.': 'Verbeter het sjabloon in het promptscherm.',
  'There is no item {0}.': 'Er is geen item {0}.',
  'Choose one from the library.': 'Kies er een uit de bibliotheek.',
  'Choose items from the library.': 'Kies items uit de bibliotheek.',
  'Every item has drafts already.': 'Elk item heeft al concepten.',
  'Draft for all items, or import more of them.': 'Stel op voor alle items, of importeer er meer.',
  'There are no items to draft for.': 'Er zijn geen items om voor op te stellen.',
  'Import items in the library first.': 'Importeer eerst items in de bibliotheek.',
  'Run {0} is under way already.': 'Run {0} is al bezig.',
  'Wait for it, or cancel it.': 'Wacht erop, of annuleer.',
  'The prompt of run {0} is missing.': 'De prompt van run {0} ontbreekt.',
  'There is no run {0}.': 'Er is geen run {0}.',
  'Choose one from the list of runs.': 'Kies er een uit de lijst met runs.',
  'Run {0} is under way in another window or command.': 'Run {0} is bezig in een ander venster of commando.',
  'Run {0} was taken over by another window or command.': 'Run {0} is overgenomen door een ander venster of commando.',
  'Nothing more was asked or stored here; follow the run there.': 'Hier is niets meer gevraagd of bewaard; volg de run daar.',
  'Run {0} is drafting all of these items.': 'Run {0} stelt al voor al deze items op.',
  'Runs {0} are drafting all of these items.': 'Runs {0} stellen al voor al deze items op.',
  'Wait until they are drafted, or cancel that run first.': 'Wacht tot dat klaar is, of annuleer die run eerst.',
  'Item {0} is queued in run {1}, which is under way.': 'Item {0} staat in de rij van run {1}, die bezig is.',
  'Wait for that run or cancel it, or leave the item out.': 'Wacht op die run of annuleer hem, of laat het item weg.',
  'Another program is writing to this project, so the run was left as it is.':
    'Een ander programma schrijft in dit project; de run is gelaten zoals hij was.',
  'Another program is writing to this project. The last replies are kept in {0}.':
    'Een ander programma schrijft in dit project. De laatste antwoorden staan in {0}.',
  'Resume the run once the other program has finished; what was answered is not asked again.':
    'Hervat de run zodra het andere programma klaar is; wat beantwoord is, wordt niet opnieuw gevraagd.',
  'Wait for it, or stop it there first.': 'Wacht erop, of stop de run daar eerst.',

  'Check in the settings or in OPENAI_API_KEY that the key is whole, belongs to this address and may use this model.':
    'Controleer in de instellingen of in OPENAI_API_KEY of de sleutel volledig is, bij dit adres hoort en dit model mag gebruiken.',
  'Check the address in the settings: it usually ends in /v1, and holds neither /chat/completions nor a key.':
    'Controleer het adres in de instellingen: het eindigt meestal op /v1, en bevat geen /chat/completions en geen sleutel.',
  'Change the beginning of the address in the settings: https:// for http://, or the other way round.':
    'Verander het begin van het adres in de instellingen: https:// in plaats van http://, of andersom.',
  'Check the address in the settings, which usually ends in /v1, and whether a proxy or a sign-in page stands in between.':
    'Controleer het adres in de instellingen, dat meestal op /v1 eindigt, en of er een proxy of aanmeldpagina tussen zit.',
  'Check the address in the settings, and turn streaming off in the server or proxy behind it.':
    'Controleer het adres in de instellingen, en zet streamen uit in de server of de proxy erachter.',
  'Import the certificate of the server or its issuer into the system, or name its file in NODE_EXTRA_CA_CERTS, and start again; an expired or foreign one must be renewed on the server.':
    'Importeer het certificaat van de server of van de uitgever in het systeem, of noem het bestand in NODE_EXTRA_CA_CERTS, en begin opnieuw; een verlopen certificaat of dat van een ander moet op de server worden vernieuwd.',
  "Check the proxy in HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, else in the system's settings; NO_PROXY names hosts that need none.":
    'Controleer de proxy in HTTP_PROXY, HTTPS_PROXY of ALL_PROXY, of anders in de systeeminstellingen; NO_PROXY noemt hosts die er geen nodig hebben.',
  'Check the address and the model; if replies may be that long, raise the largest reply in the settings (--max-reply-mb).':
    'Controleer het adres en het model; mogen antwoorden zo lang zijn, verhoog dan het grootste antwoord in de instellingen (--max-reply-mb).',
  "Change the system message or the item's context, or leave this item out.":
    'Verander het systeembericht of de context van het item, of laat dit item weg.',
  'Turn tools off for this model on the server, or use another model, then resume the run.':
    'Zet hulpmiddelen voor dit model uit op de server, of gebruik een ander model, en hervat dan de run.',
  'Turn reasoning off on the server, or set its reasoning parser to this model, or allow more tokens; then resume the run.':
    'Zet redeneren uit op de server, of stel er de juiste reasoning parser voor dit model in, of sta meer tokens toe; hervat dan de run.',
  'The key holds {0}, which no key has.': 'De sleutel bevat {0}, en dat heeft geen enkele sleutel.',
  'a line end': 'een regeleinde',
  'a space': 'een spatie',
  'a quotation mark ({0})': 'een aanhalingsteken ({0})',
  'an invisible character (U+{0})': 'een onzichtbaar teken (U+{0})',
  'the character {0} (U+{1})': 'het teken {0} (U+{1})',
  '(no message)': '(geen melding)',
  'The proxy in {0} is no address of an http, https or socks5 proxy.':
    'De proxy in {0} is geen adres van een http-, https- of socks5-proxy.',
  "the system's settings": 'de systeeminstellingen',
  'The proxy {0} asks for a name and a password (407).': 'De proxy {0} vraagt om een naam en een wachtwoord (407).',
  'The proxy {0} cannot reach the server ({1}).': 'De proxy {0} kan de server niet bereiken ({1}).',
  'The proxy {0} does not let the request through ({1}).': 'De proxy {0} laat het verzoek niet door ({1}).',
  'The proxy {0} cannot be reached ({1}).': 'De proxy {0} is niet te bereiken ({1}).',
  'The proxy {0} speaks http, but its address begins with https.': 'De proxy {0} spreekt http, maar zijn adres begint met https.',
  'The certificate of the proxy {0} is not trusted.': 'Het certificaat van de proxy {0} wordt niet vertrouwd.',
  'The proxy {0} broke the connection off ({1}).': 'De proxy {0} verbrak de verbinding ({1}).',
  'The server at {0} speaks http, but the address begins with https.': 'De server op {0} spreekt http, maar het adres begint met https.',
  'The server at {0} speaks https, but the address begins with http.': 'De server op {0} spreekt https, maar het adres begint met http.',
  "The head of the server's answer is too long and was given up.": 'De kop van het antwoord van de server is te lang en is opgegeven.',
  "The server's answer is not written in UTF-8, and says no other encoding.":
    'Het antwoord van de server is niet in UTF-8 geschreven en noemt geen andere codering.',
  "The server's answer cannot be decompressed ({0}).": 'Het antwoord van de server is niet uit te pakken ({0}).',
  'The server at {0} does not answer as a web server does ({1}).': 'De server op {0} antwoordt niet zoals een webserver ({1}).',
  'The server closed the connection in the middle of its answer ({0}).': 'De server verbrak de verbinding midden in zijn antwoord ({0}).',
  'The certificate of {0} is not trusted: it is self-signed ({1}).':
    'Het certificaat van {0} wordt niet vertrouwd: het is door zichzelf ondertekend ({1}).',
  'The certificate of {0} is not trusted: its issuer is unknown here ({1}).':
    'Het certificaat van {0} wordt niet vertrouwd: de uitgever is hier onbekend ({1}).',
  'The certificate of {0} is not trusted: it has expired ({1}).': 'Het certificaat van {0} wordt niet vertrouwd: het is verlopen ({1}).',
  'The certificate of {0} is not trusted: it is not valid yet, or the clock here is wrong ({1}).':
    'Het certificaat van {0} wordt niet vertrouwd: het is nog niet geldig, of de klok hier loopt verkeerd ({1}).',
  'The certificate of {0} is not trusted: it is for another host ({1}).':
    'Het certificaat van {0} wordt niet vertrouwd: het is voor een andere host ({1}).',
  'The certificate of {0} is not trusted ({1}).': 'Het certificaat van {0} wordt niet vertrouwd ({1}).',
  '{0} sends requests on to another address ({1}): {2}': '{0} stuurt verzoeken door naar een ander adres ({1}): {2}',
  "A web page comes back from {0} ({1}), not a model's answer: {2}":
    'Van {0} komt een webpagina terug ({1}), geen antwoord van een model: {2}',
  '{0} streams its answer piece by piece, which was not asked for.':
    '{0} streamt zijn antwoord stuk voor stuk, en daar was niet om gevraagd.',
  "The server's answer is longer than {0} MB and was given up.": 'Het antwoord van de server is langer dan {0} MB en is opgegeven.',
  "The server's answer is nested too deeply to be read.": 'Het antwoord van de server is te diep genest om te lezen.',
  "The server's answer is empty ({0}).": 'Het antwoord van de server is leeg ({0}).',
  '{0} sends requests on again and again ({1}): {2}': '{0} stuurt verzoeken keer op keer door ({1}): {2}',
  'What answers at {0} completes texts; it is no chat (Chat Completions).':
    'Wat op {0} antwoordt, vult teksten aan; het is geen chat (Chat Completions).',
  "The server's answer is not whole JSON; it ends after {0} characters.":
    'Het antwoord van de server is geen volledige JSON; het houdt op na {0} tekens.',
  'What comes back from {0} is not JSON: {1}': 'Wat van {0} terugkomt, is geen JSON: {1}',
  "The server's content filter refuses the request ({0}): {1}": 'Het inhoudsfilter van de server weigert het verzoek ({0}): {1}',
  "The server's content filter refuses the request ({0}).": 'Het inhoudsfilter van de server weigert het verzoek ({0}).',
  "The server's content filter withheld the reply ({0}).": 'Het inhoudsfilter van de server hield het antwoord tegen ({0}).',
  'The model called a tool instead of answering ({0}): {1}': 'Het model riep een hulpmiddel aan in plaats van te antwoorden ({0}): {1}',
  'The model called a tool instead of answering.': 'Het model riep een hulpmiddel aan in plaats van te antwoorden.',
  "The reply is empty: the server put everything into the model's reasoning, which does not end with the JSON.":
    'Het antwoord is leeg: de server zette alles in de redenering van het model, en die eindigt niet met de JSON.',
  'The server does not know the model ({0}): {1}': 'De server kent het model niet ({0}): {1}',
  'Nothing answers to model requests at {0} ({1}): {2}': 'Op {0} antwoordt niets op vragen aan een model ({1}): {2}',
  'What answers at {0} is no Chat Completions server.': 'Wat op {0} antwoordt, is geen server voor Chat Completions.',
  "The server's answer holds no reply: its list of choices is empty.":
    'Het antwoord van de server bevat niets van het model: de lijst met keuzes is leeg.',
  "The server's answer holds no reply: its message is empty.": 'Het antwoord van de server bevat niets van het model: het bericht is leeg.',
  'The quota of the account is spent ({0}): {1}': 'Het tegoed van het account is op ({0}): {1}',
  'The server takes no more requests for now ({0}): {1}': 'De server neemt nu geen verzoeken meer aan ({0}): {1}',
  'The server asks to wait {0} s ({1}): {2}': 'De server vraagt {0} s te wachten ({1}): {2}',
}
