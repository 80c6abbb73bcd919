"""Words outside the grammar, and what they mean in music: places, weather, moods, eras, people.

Each row is a comma-separated list of phrases and the conditions under which a clip may be called
that; any one of the conditions is enough. A condition is a list of terms that must all hold:

    genre:a|b   genre, style or flavour (spaces as "_")      inst:a|b   any instrument heard
    scene:a|b   everyday sound                               fx:a|b     effect
    pace:slow   form:build   kind:solo   scale:hijaz         minor, major, drums, !drums, busy
    bpm<90      bpm>150
"""

import re
from collections.abc import Callable

from .performance import COLUMN_SECONDS, COLUMNS

_ROWS = """
rainy day, rainy window, grey afternoon = genre:lo-fi|trip_hop|jazz_ballad ; inst:piano kind:solo pace:slow ; scene:rain
study, studying, homework, focus, concentration, late night coding = genre:lo-fi|jazz_hop|minimalism|ambient
coffee shop, cafe, coffeehouse, brunch = genre:bossa_nova|lounge|acoustic_pop|cool_jazz|jazz_hop|smooth_jazz
gym, workout, running, training montage, fitness = genre:techno|hardstyle|big_room|hard_rock|phonk bpm>110 ; genre:trance
party, dance floor, club night, friday night, nightclub = genre:house|disco|trance|techno|reggaeton|eurodance|k-pop drums
beach, summer, vacation, holiday by the sea, sunshine, palm trees = genre:calypso|tropical_house|hawaiian|reggae|soca|surf_rock ; scene:waves
desert, dunes, camel caravan, sahara = genre:arabic|turkish|gnawa|persian|western
forest, woods, nature, meadow, countryside = genre:folk|celtic|new_age !drums ; scene:birds ; inst:flute pace:slow
mountains, alps, misty hills = genre:andean|celtic_ballad|celtic ; inst:pan_flute|french_horn|bagpipe
winter, snow, snowfall, frozen lake, icy = inst:celesta|glockenspiel|music_box|crystal_pad ; genre:christmas
christmas, xmas, santa, holiday season = genre:christmas ; scene:sleigh ; inst:glockenspiel|tinkle_bell major
autumn, falling leaves, november = genre:folk|romantic_piano|jazz_ballad minor ; inst:cello|oboe minor
spring, flowers, blossom, cherry blossom = major inst:flute|harp|koto|piano !drums
night drive, driving at night, highway, neon city = genre:synthwave|darksynth|italo_disco|phonk|deep_house
city, downtown, skyscrapers, new york, subway = genre:hip_hop|boom_bap|jazz|funk|uk_garage
tokyo, japan, shibuya, kyoto, sakura = genre:japanese|city_pop|anime|taiko ; inst:koto|shamisen|shakuhachi
paris, france, eiffel tower, montmartre = genre:musette|gypsy_jazz ; inst:accordion
london, england = genre:uk_garage|drum_and_bass|punk|drill
berlin, germany, bunker = genre:techno|dub_techno|minimal_techno|hard_techno
munich, beer tent, oktoberfest, bavaria = genre:polka
vienna, austria, ball gown = genre:waltz|classical|string_quartet
scotland, highlands, kilt = inst:bagpipe ; genre:celtic
ireland, dublin, pub, leprechaun = genre:celtic ; inst:whistle|fiddle
spain, andalusia, bullfight, seville, matador = genre:flamenco ; inst:nylon_guitar minor
italy, venice, rome, mandolin = genre:baroque|opera ; inst:bandoneon|accordion major
russia, moscow, siberia, cossacks = genre:russian_folk ; inst:choir minor
greece, athens, bouzouki, zorba = genre:turkish|balkan|klezmer ; inst:dulcimer
mexico, tequila, tacos, fiesta = genre:mariachi|cumbia|salsa
cuba, havana, cigar = genre:salsa|mambo|bolero
brazil, rio de janeiro, carnival, copacabana = genre:samba|bossa_nova
argentina, buenos aires = genre:tango
jamaica, kingston, rasta, bob marley = genre:reggae|dub|rocksteady|dancehall
texas, nashville, cowboy, ranch, rodeo, pickup truck = genre:country|bluegrass|western
new orleans, bourbon street, mardi gras = genre:dixieland|blues|cajun|big_band
chicago, mississippi, crossroads, juke joint = genre:blues|delta_blues|boogie_woogie
detroit, factory, robots, machines, assembly line = genre:techno|industrial|electro ; scene:hammer|robot
africa, savanna, lagos, safari = genre:afrobeat|highlife|gnawa ; inst:kalimba|marimba drums ; scene:tribal
india, bombay, ganges, yoga = genre:indian|bollywood ; inst:sitar
egypt, pyramids, pharaoh, cleopatra = genre:arabic
china, great wall, dragon dance, silk road = genre:chinese|persian ; inst:koto
bali, indonesia, temple gongs = genre:gamelan ; scene:gong
tibet, himalaya, monks, buddha = genre:tibetan|gregorian_chant ; scene:gong
hawaii, luau, hula, pineapple = genre:hawaiian|calypso ; inst:steel_drums
caribbean, trinidad, pirates of the caribbean = genre:calypso|soca|sea_shanty ; inst:steel_drums
church, sunday morning, chapel, mass, cathedral = genre:gospel|hymn ; inst:church_organ|church_bells ; fx:room inst:choir
wedding, bride, ceremony = inst:church_organ|strings major ; genre:waltz|klezmer ; scene:applause
funeral, mourning, graveyard, requiem mass = inst:church_organ|choir|cello minor pace:slow ; genre:opera|hymn|celtic_ballad
haunted house, ghosts, spooky, halloween, witch, vampire, zombie = genre:horror|dark_ambient ; inst:church_organ|harpsichord|celesta minor
castle, kings and queens, knights, dungeons and dragons, tavern = genre:medieval|baroque|fanfare|adventure
elves, fairy tale, fairies, magic, enchanted, wizard, hogwarts = inst:celesta|harp|music_box|crystal_pad ; genre:adventure|medieval
dragon, battle, war, army, vikings, gladiator = genre:trailer|taiko|soundtrack|march|power_metal ; scene:fireworks
space, stars, galaxy, spaceship, astronaut, moon landing = genre:space|ambient ; inst:crystal_pad|choir_pad
alien, ufo, flying saucer, theremin = genre:space|psytrance ; inst:synth_lead kind:solo
underwater, deep sea, submarine, whales, diving = fx:lowpass|room genre:ambient|space|new_age|dub_techno ; scene:waves|water
ocean, sea, shore, tide = scene:waves ; genre:sea_shanty|ambient|surf_rock
pirates, sailing, ship, captain = genre:sea_shanty
hospital, doctor, heartbeat monitor = scene:heartbeat|robot
kitchen, cooking, baking = genre:lounge|gypsy_jazz|bossa_nova ; scene:steps
office, work, meeting, spreadsheet = scene:typing|clock ; genre:lounge|minimal_techno
elevator, waiting room, hotel lobby, supermarket, hold music = genre:lounge|bossa_nova|smooth_jazz
casino, las vegas, show business = genre:big_band|swing|spy|lounge
circus, clowns, acrobats, merry go round = genre:circus|polka ; inst:accordion|xylophone major
cartoon, slapstick, funny, comedy, silly = inst:xylophone|clarinet|tuba|bassoon|pizzicato_strings major ; genre:circus|ragtime|polka|chiptune
silent film, charlie chaplin, 1920s, prohibition, speakeasy, roaring twenties = genre:ragtime|dixieland|electro_swing|gypsy_jazz|big_band ; inst:honky_tonk_piano
1930s, 1940s, wartime dance = genre:big_band|swing|gypsy_jazz
1950s, fifties, diner, jukebox, milkshake, elvis = genre:rockabilly|doo_wop|mambo|boogie_woogie
1960s, sixties, hippie, woodstock, summer of love, beatles = genre:psychedelic_rock|motown|surf_rock|spy|bossa_nova|folk
1970s, seventies, roller disco, bell bottoms = genre:disco|funk|progressive_rock|soul|acid_jazz|reggae
1980s, eighties, 80s, mtv, miami vice, stranger things = genre:synthwave|italo_disco|city_pop|power_ballad|electro
1990s, nineties, 90s, grunge era = genre:grunge|eurodance|boom_bap|jungle|acid_house|trip_hop|breakbeat
2000s, millennium, emo = genre:pop_punk|nu_metal|trance|indie_rock
modern, contemporary, 2020s, tiktok = genre:trap|drill|future_bass|phonk|amapiano|k-pop|cloud_rap
ancient, prehistoric, cave people, stone age = scene:tribal ; genre:gregorian_chant|medieval|taiko ; inst:shakuhachi|ocarina|bagpipe
renaissance fair, shakespeare, lute = genre:medieval ; inst:recorder|harpsichord|nylon_guitar
classical music, concert hall, tuxedo, orchestra = genre:classical|symphony|string_quartet|baroque
mozart, haydn, beethoven, schubert = genre:classical|symphony|string_quartet|romantic_piano
bach, vivaldi, handel, fugue = genre:baroque|organ_fugue ; inst:harpsichord|church_organ
chopin, liszt, rachmaninoff, nocturne = genre:romantic_piano ; inst:piano kind:solo
debussy, satie, ravel = genre:impressionism ; inst:piano|harp|flute pace:slow
hans zimmer, john williams, blockbuster, movie score = genre:soundtrack|trailer|adventure|symphony
john coltrane, miles davis, charlie parker, blue note = genre:jazz|bebop|cool_jazz inst:saxophone|trumpet|muted_trumpet ; genre:jazz
louis armstrong, duke ellington = genre:big_band|dixieland|swing
django reinhardt, stephane grappelli = genre:gypsy_jazz
jimi hendrix, guitar hero, shredding, solo guitar madness = inst:distorted_guitar|electric_guitar busy ; genre:hard_rock|psychedelic_rock
metallica, slayer, mosh pit, headbanging = genre:metal|thrash_metal|death_metal|nu_metal
nirvana, pearl jam, flannel = genre:grunge
ramones, sex pistols, mohawk, green day = genre:punk|pop_punk|hardcore
pink floyd, genesis, yes = genre:progressive_rock|psychedelic_rock|space
daft punk, justice, robot rock = genre:french_house|electro
kraftwerk, autobahn, man machine = genre:electro|techno|italo_disco
aphex twin, autechre, squarepusher = genre:idm|minimal_techno
skrillex, wub wub, bass drop, filthy drop = genre:dubstep|future_bass ; form:drop genre:trance|trap
tiesto, armin, tomorrowland, hands in the air = genre:trance|big_room
dr dre, snoop dogg, compton, lowrider = genre:g-funk|hip_hop
wu tang, nas, brooklyn = genre:boom_bap|hip_hop
james brown, george clinton, get up = genre:funk
stevie wonder, marvin gaye, aretha = genre:motown|soul|neo_soul
fela kuti, lagos night = genre:afrobeat
philip glass, steve reich, arpeggios = genre:minimalism
mario, nintendo, zelda, sega, gameboy, pixel art, arcade, retro gaming = genre:chiptune|boss_fight ; inst:chip_lead
boss fight, final battle, last level, showdown = genre:boss_fight|trailer|power_metal
tetris, puzzle game, level music = genre:chiptune|minimalism|russian_folk
spy, detective, james bond, heist, agent = genre:spy|jazz_ballad|suspense
cowboys, saloon, duel at noon, tumbleweed, ennio morricone = genre:western ; inst:honky_tonk_piano|whistle|harmonica
hacker, cyberpunk, matrix, dystopia, blade runner = genre:darksynth|synthwave|industrial|idm
love, romance, candlelight, kiss, valentine = genre:bolero|power_ballad|smooth_jazz|neo_soul|romantic_piano|jazz_ballad ; inst:saxophone|strings pace:slow
heartbreak, breakup, crying, tears, loneliness, sorrow = minor inst:piano|cello|violin|strings pace:slow ; genre:jazz_ballad|cloud_rap|grunge|delta_blues|romantic_piano
happy, joyful, cheerful, smile, good mood, feel good, delighted = major bpm>100 drums ; major genre:polka|ragtime|ska|calypso|motown|acoustic_pop
sad, melancholic, gloomy, depressing, blue, mournful = minor bpm<95 !drums ; minor pace:slow ; genre:blues|delta_blues|romantic_piano|celtic_ballad
angry, furious, rage, aggressive, violent = genre:metal|punk|hardcore|death_metal|industrial|hard_techno|nu_metal ; fx:drive minor
calm, peaceful, relaxing, serene, tranquil, zen, meditation, mindful = genre:ambient|new_age|japanese|tibetan|lullaby ; pace:slow !drums
sleep, sleepy, bedtime, dream, dreamy, lullaby, goodnight = genre:lullaby|ambient|shoegaze|new_age ; inst:music_box|celesta|harp pace:slow
epic, heroic, glorious, triumphant, victory, legendary = genre:soundtrack|adventure|trailer|power_metal|fanfare|symphony
scary, creepy, nightmare, evil, sinister, demonic, hell = genre:horror|dark_ambient|death_metal|doom_metal ; scale:locrian|whole_tone
mysterious, secret, enigma, mystery = scale:whole_tone|hungarian_minor|locrian ; genre:suspense|spy|dark_ambient
tense, suspense, danger, chase, escape, countdown, thriller = genre:suspense|trailer|spy ; form:build minor
funny, goofy, clumsy, drunk = genre:circus|polka ; inst:tuba|bassoon|trombone|xylophone major
sexy, sensual, seductive = genre:neo_soul|smooth_jazz|trip_hop|bolero|g-funk
cool, smooth, suave, slick = genre:acid_jazz|smooth_jazz|neo_soul|g-funk|funk|spy
dark, shadow, night, midnight, black = minor genre:techno|trap|drill|darksynth|dark_ambient|trip_hop|metal|dubstep ; scale:phrygian|locrian
bright, sunny, light, shining, golden = scale:major|lydian bpm>95 ; genre:sunrise_set
sunrise, dawn, morning, new day, sunrise dj set = genre:sunrise_set|deep_house|new_age|tropical_house ; scene:birds ; form:build major
sunset, dusk, evening, golden hour = genre:deep_house|sunrise_set|lounge|amapiano|bossa_nova|city_pop
rave, warehouse, strobe lights, techno viking = genre:hard_techno|acid_house|acid_techno|hardstyle|trance|techno
hard synth, aggressive synth, screaming synth = inst:saw_lead ; inst:synth_lead fx:drive ; genre:hardstyle
robot, android, computer, machine, beep = scene:robot ; genre:electro|industrial|idm|chiptune
underground, basement, fog machine = genre:dub_techno|minimal_techno|deep_house|deep_dubstep
stoned, trippy, psychedelic, mushrooms, hallucination = genre:psychedelic_rock|psytrance|dub ; fx:chorus|wow|echo
drunken sailor, tavern, ale = genre:sea_shanty|medieval
hypnotic, repetitive, mantra, trance state = genre:minimalism|minimal_techno|gnawa|gamelan|dub_techno|indian
virtuoso, shredding, fast fingers, flight of the bumblebee = busy inst:violin|piano|electric_guitar|distorted_guitar|banjo|clarinet bpm>120 ; pace:fast busy
minimal, sparse, simple, quiet, less is more = sparse ; kind:solo pace:slow ; genre:minimal_techno
dense, busy, chaotic, wall of sound, crazy = busy drums ; genre:shoegaze|death_metal|bebop|big_room
dusty, vintage, old record, nostalgic, grandma's radio, gramophone = fx:vinyl|wow|lowpass
broken radio, telephone sound, cheap speaker, lofi sound = fx:crush|lowpass
big hall, stadium, arena, huge space, cathedral sound = fx:room
slow motion, crawling, lazy, sleepy tempo, sluggish = bpm<70
speed, hurry, turbo, nervous, frantic, caffeine = bpm>155
marching, soldiers, parade, military, boot camp = genre:march ; scene:steps drums
football, soccer, stadium chant, sports = genre:march|samba|hard_rock|big_room ; scene:applause
children, kids, playground, toys, baby, kindergarten = inst:music_box|xylophone|glockenspiel|celesta|recorder ; genre:lullaby|circus
grandfather clock, clock tower, bells of notre dame = inst:church_bells ; scene:clock
alarm, wake up, ringing = scene:phone|siren
train journey, railroad, orient express = scene:train ; genre:bluegrass|rockabilly|country drums
horse riding, gallop, wild west chase = scene:horse ; genre:western|power_metal
farm, barn, haystack, chicken = genre:bluegrass|country|bluegrass_breakdown|cajun
campfire, camping, marshmallows = scene:fire ; genre:americana|folk inst:acoustic_guitar
walk in the park, sunday stroll, strolling = genre:ragtime|acoustic_pop|bossa_nova|jazz_hop ; scene:steps
shopping, fashion show, catwalk, runway = genre:french_house|deep_house|uk_garage|house
news, breaking news, documentary = genre:suspense|trailer|minimalism|techno
commercial, advertisement, corporate, startup = genre:acoustic_pop|pop ; inst:glockenspiel|whistle|marimba major
sad robot, lonely computer = genre:chiptune|idm minor ; scene:robot
jungle, tropical forest, monkeys, rainforest = scene:tribal|rain|birds ; genre:jungle|afrobeat
insects, bees, mosquitoes, swarm = inst:violin busy ; inst:tremolo_strings
cats, kitten, purring = genre:jazz_hop|lo-fi|lounge ; inst:clarinet|bassoon
dog, puppy, playful = genre:ragtime|polka|acoustic_pop ; inst:tuba|clarinet major
wolf, howling, full moon = genre:dark_ambient|horror ; scene:wind ; inst:cello minor
birdsong, nightingale, feathered friends = scene:birds ; inst:flute|piccolo|whistle
thunder, lightning, tempest = scene:storm ; inst:timpani ; genre:symphony minor
volcano, earthquake, apocalypse, end of the world = genre:trailer|doom_metal|death_metal|dubstep
heaven, angels, paradise, divine = inst:choir|harp|choir_pad major ; genre:gospel|new_age
hammer, anvil, construction, drilling = scene:hammer ; genre:industrial
war drums, thunderous drums, tribal ritual = genre:taiko|trailer ; scene:tribal
swamp, bayou, crocodile = genre:cajun|delta_blues|blues
prison, chain gang, work song = genre:delta_blues|blues|gospel
vampire ball, dracula, gothic = inst:church_organ|harpsichord minor ; genre:organ_fugue|horror
love boat, cruise ship, cocktails = genre:lounge|bossa_nova|calypso|smooth_jazz
taxi, traffic, rush hour = genre:bebop|funk|drum_and_bass
money, luxury, gold chains, diamonds = genre:trap|g-funk|hip_hop
graffiti, skateboard, skate park = genre:punk|pop_punk|breakbeat|hip_hop|ska
sword fight, samurai, ninja = genre:taiko|japanese ; inst:shakuhachi|shamisen
king arthur, throne, coronation, royalty = genre:fanfare|baroque ; inst:trumpet|french_horn major
"""

Predicate = Callable[[dict], bool]


def bpm_of(facts: dict) -> float:
    """Beats per minute of a clip."""
    return facts["beats"] * 60 / (facts.get("columns", COLUMNS) * COLUMN_SECONDS)


def _names(facts: dict) -> set[str]:
    return {n for n in (facts["genre"], facts.get("style"), facts["flavour"]) if n}


def instruments_in(facts: dict) -> set[str]:
    """Every named part of a clip."""
    parts = ("lead", "comp", "bass", "answer")
    return {facts[part] for part in parts if facts.get(part)}


def _term(text: str) -> Predicate:
    negated, body = text.startswith("!"), text.lstrip("!")
    number = re.fullmatch(r"bpm([<>])(\d+)", body)
    if number:
        sign, limit = number[1], int(number[2])
        return lambda f: bpm_of(f) < limit if sign == "<" else bpm_of(f) > limit
    if body == "major":
        return lambda f: bool(f["lead"] or f["comp"]) and not f["minor"]
    if body == "minor":
        return lambda f: bool(f["lead"] or f["comp"]) and f["minor"]
    if ":" not in body:
        return lambda f: bool(f.get(body)) != negated
    field, _, values = body.partition(":")
    wanted = {value.replace("_", " ") for value in values.split("|")}
    if field == "genre":
        return lambda f: bool(wanted & _names(f))
    if field == "inst":
        return lambda f: bool(wanted & instruments_in(f))
    if field == "fx":
        return lambda f: bool(wanted & set(f.get("effects", ())))
    return lambda f: f.get(field) in wanted


def _parse() -> list[tuple[tuple[str, ...], tuple[tuple[Predicate, ...], ...]]]:
    rows = []
    for line in _ROWS.strip().splitlines():
        phrases, _, conditions = line.partition("=")
        options = [tuple(_term(t) for t in part.split()) for part in conditions.split(";")]
        rows.append((tuple(p.strip() for p in phrases.split(",")), tuple(options)))
    return rows


LEXICON = _parse()


def lexicon_phrases(facts: dict) -> list[tuple[str, ...]]:
    """The phrase lists of all rows that are true of a clip."""
    return [
        phrases
        for phrases, options in LEXICON
        if any(all(term(facts) for term in option) for option in options)
    ]
