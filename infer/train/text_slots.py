"""Word lists for the sentence templates. One list a slot, shared by hostile and harmless frames.

`*N` after a word repeats it, so that it is drawn more often. A filler may hold slots itself.
Slurs are left out on purpose: the labelled public sentences have enough of them.
"""

_LISTS = {
    # doing harm
    "hurt": "kill*3, hurt*2, beat, stab, shoot*2, punch, slap, strangle, crush, bury, smash, burn, "
            "choke, murder, kick, hit, drown, gut, destroy, break, end, finish, whip, knife, cut",
    "hurting": "killing, hurting, beating, stabbing, shooting, punching, strangling, burning, "
               "choking, drowning, destroying, slapping, kicking, cutting, crushing",
    "hurted": "killed, hurt, beaten, stabbed, shot, punched, strangled, burned, choked, murdered, "
              "kicked, crushed, destroyed, attacked, drowned",
    "harm": "{hurt} you*9, beat you up, knock you out, mess you up, take you down, cut you up, "
            "tear you apart, blow your head off, break your {bone}*3, smash your {face}*2, "
            "kick your {ass}, wring your neck, slit your throat, put you in the ground, "
            "put you in hospital, beat you to death, rip your {face} off, bash your head in, "
            "make you suffer, make you bleed, make you pay, make you cry, put a bullet in you, "
            "shoot you in the {face}, punch you in the {face}, knock your teeth out, "
            "stab you in the {face}, burn you alive, skin you alive, bury you, get you, "
            "fuck you up, beat the {stuffing} out of you, throw you down the stairs, "
            "push you off the roof, run you over, cut your throat, set you on fire, hunt you down",
    "stuffing": "crap, hell, shit, life",
    "harmhim": "{hurt} him, {hurt} her, {hurt} them all, {hurt} your {kin}, beat him up, "
               "cut her face, break his {bone}, burn the whole family, shoot your {pet}, "
               "take your {kin} away, put your {kin} in hospital",
    "bone": "neck*2, arm, leg, nose, jaw, fingers, ribs, back, kneecaps, hand, wrist, legs, arms",
    "face": "face*3, head, mouth, throat, teeth, eyes, skull, nose, stomach, guts",
    "ass": "ass*4, butt, backside",
    "dead": "dead*4, dead meat, finished, history, done for, a dead man, a dead woman, toast, "
            "in the ground, going to regret it, going to bleed, going down, going to pay",
    "weapon": "gun*3, knife*3, baseball bat, hammer, blade, razor, pistol, rifle, crowbar, axe, "
              "shotgun, bottle, machete, belt, screwdriver, brick",
    "doom": "die, burn, bleed, suffer, rot in hell, drop dead, burn in hell, choke on it, "
            "get hit by a bus, never wake up, get cancer, drown, end up in a ditch, lose everything",
    # people, places, times
    "kin": "family*2, mother, wife, kids*2, daughter, son, sister, brother, husband, girlfriend, "
           "boyfriend, little girl, father, mom, children, boy",
    "pet": "dog*2, cat, puppy, horse, rabbit",
    "prop": "house*3, car*3, shop, place, store, office, garage, restaurant, flat, truck, farm, "
            "home, boat, phone, windows",
    "name": "Tom, Anna, Mike, Sarah, David, Lisa, John, Emma, Peter, Julia, Sam, Maria, Alex, Nina, "
            "Chris, Laura, Ben, Kate, Jack, Susan, Paul, Rosie, Omar, Lena, Frank, Ruth, Max, Joe",
    "pal": "man*3, buddy*2, mate, pal, friend, kid, girl, boy, dude, bro, lady, sir, old man, guys, "
           "miss, son, sweetheart, darling, brother, boss",
    "soon": "tonight*2, tomorrow, right now*2, one day, next time, this weekend, later, today, "
            "after work, when you sleep, in the morning, someday, very soon, right here",
    "act": "do that, say that, come back, touch me, call her, look at me, move, tell anyone, "
           "scream, come near me, talk to me like that, lie to me, open that door, say a word, "
           "show up here, follow me, mention it, go in there, laugh, call the police, ask me",
    "acting": "doing that, saying that, coming here, calling her, looking at me, moving, talking, "
              "laughing, lying to me, asking me that, staring at me, following me, crying",
    "place": "house*3, room*2, shop, office, car, way*2, sight, face*2, kitchen, street, yard, "
             "garden, seat, club, building, town, country, bed, life, store",
    "livework": "live*3, work*2, sleep, park, go to school, go at night, hide, eat lunch, "
                "keep your money, walk your dog",
    "thing": "book, bag, phone, box, coat, cup, chair, laptop, letter, picture, ticket, radio, "
             "lamp, guitar, camera, key, bike, shirt, plate, umbrella",
    "event": "party, concert, match, wedding, show, meeting, sunset, train, game, movie, dinner",
    "time": "later*2, tomorrow, tonight, on Monday, after lunch, in a minute, next week, at noon, "
            "before dinner, this evening, at six, as soon as I can, when I get home",
    "when": "tonight*2, tomorrow*2, after work, when I get home, the next time I see you, on Sunday, "
            "when you least expect it, after school, one day, right now, in the morning, "
            "this weekend, in front of everyone, if I have to, in a minute, very soon",
    "count": "three, five, ten, thirty, sixty, two, twenty",
    "transport": "bus, train, plane, ferry, tram, flight, taxi, subway",
    # taking and forcing
    "loot": "wallet*3, money*3, phone*3, purse*2, watch, jewelry, cash*2, keys, car keys, bag, "
            "ring, laptop, credit card, handbag, necklace, backpack, bike, pills",
    "lootbox": "pockets*3, register*2, bag, safe*2, purse, drawer, till, backpack, wallet, suitcase",
    "harmless": "salt, menu, remote, coat, ticket, sugar, number, address, spoon, recipe, ball, "
                "pen, cup, towel, opinion, jacket, umbrella, plate, book, hand, form, blanket",
    "tool": "hammer, screwdriver, tape, ladder, brush, wrench, drill, scissors, knife, torch, glue, "
            "paint, spoon, pliers, sponge, axe, saw, rope",
    "bin": "dishwasher, bin, bucket, basket, trash, washing machine, mailbox, fridge, vase, sink, "
           "bag, drawer",
    "openable": "window*2, door*2, curtains, box, jar, bottle, letter, gate, oven, umbrella, book",
    "floor": "floor*3, ground*3, knees, concrete",
    "ride": "car*3, van*2, truck, trunk, back seat, boat, elevator, taxi",
    "clothing": "shirt, clothes*2, jacket, shoes, pants, coat, ring, dress, glasses, hat, belt",
    "forced": "now*4, right now*2, this instant, or else*2, or I'll {harm}, before I {harm}, "
              "and nobody gets hurt, before I lose my temper, or you'll be sorry, immediately, "
              "I won't say it again, last warning, you {insn}, or you're {dead}, god damn it, "
              "or somebody gets hurt, and don't try anything, do you hear me, quick, move",
    "soft": "please*5, thanks, if you like, will you, if you have a minute, it's dinner time, "
            "we're late for school, it's getting cold, I'll help you, I'll hold it for you, "
            "would you, it's raining, the {event} is about to start, my love, when you can, "
            "so we can leave, so I can clean it, the baby is sleeping, it's your turn, honey, "
            "dinner's ready, there's no hurry, I've got it, before it rains, we have guests",
    # insults and praise
    "insn": "idiot*3, moron*2, loser*2, bitch*2, bastard*2, asshole*2, liar, coward, pig, creep, "
            "fool, scumbag, clown, freak, whore, piece of shit*2, dumbass, dickhead, "
            "piece of garbage, jerk, prick, cow, rat, motherfucker, imbecile, waste of space, "
            "wimp, psycho, slob, cunt, snake, worm, halfwit, nobody, twat, parasite, brat, slut",
    "insadj": "stupid*3, pathetic*2, disgusting*2, worthless*2, useless*2, ugly*2, dumb, ridiculous, "
              "fat, lazy, filthy, hopeless, repulsive, rotten, cowardly, dirty, sick, brainless, "
              "incompetent, miserable, selfish, vile, spineless, clueless, crazy, insane, weak",
    "insanimal": "pig, rat, dog, cow, monkey, toad, cockroach, donkey, whale, weasel, hyena, ape, "
                 "snake, vulture, sheep",
    "degree": "so, such, really so, just so, too, absolutely, completely, incredibly, truly",
    "verydeg": "so*3, really*2, very, just, absolutely, completely, incredibly, fucking*2, truly, "
               "always so, pretty, damn",
    "praisen": "genius, hero, star, legend, angel, friend, champion, sweetheart, treasure, artist, "
               "good cook, great teacher, natural, gem, superstar, lifesaver, good listener",
    "praiseadj": "kind*2, brave, smart, funny, beautiful, patient, generous, clever, talented, "
                 "calm, sweet, strong, helpful, lucky, lovely, cool, creative, early, amazing",
    "task": "tie your shoes, boil an egg, open a door, read a map, count to ten, park a car, "
            "send an email, make a coffee, follow one instruction, do your job, hold a hammer, "
            "understand it, add two numbers, find your own car, wash a cup",
    "simple": "job, meal, call, cup, sandwich, drawing, task, door, sentence, email",
    "bug": "printer, computer, phone, car, app, heating, dishwasher, internet, washing machine, "
           "weather, TV, radio, oven, router, alarm, elevator",
    "sw": ",,,,,,fucking*2, damn, goddamn, bloody",
    "swadj": "fucking*3, damn*2, goddamn, bloody, freaking, whole, stupid, old",
    "said": "he said, she said, they told me, the man shouted, my boss said, someone yelled, "
            "the robber said, he texted her, the actor says, the kid screamed, she wrote, "
            "the guy in the film says, my teacher said, in the book he says, the note said, "
            "he kept saying, the letter read, a stranger told her",
    "he": "he*2, she*2, the guy, the man, somebody, my brother, the woman, the boss, a stranger, "
          "my neighbor, the villain, the thief, his father, the coach, the soldier",
    "him": "him*2, her*2, them, the driver, my cousin, the boss, a cop, the guard, the old man, "
           "the teacher, a neighbor, the clerk, the king, the witness",
    "media": "in the movie, in that film, on the news, in the book, in the game, in the last episode, "
             "in the play, in her dream, in the story, in chapter four, in the comic, "
             "years ago, during the war, in the podcast, in the trial",
    "enemy": "boss, dragon, zombies, monster, robots, aliens, goblins, wizard, last boss, spider, "
             "vampire, guards, bandits, demon, skeletons, enemy team",
    "plant": "weeds, ants, mosquitoes, wasps, spider, rats, slugs, moths, process, job, engine, "
             "lights, music, virus, bugs, deal, time, noise",
    "food": "eggs, onions, butter, meat, garlic, chicken, potatoes, dough, carrots, cream, steak, "
            "tomatoes, fish, bread, cheese",
    "team": "Lakers, Giants, Bulls, Rangers, Germans, home team, Tigers, champions, Sharks, Eagles",
    # groups
    "groups": "immigrants*2, foreigners*2, Muslims*2, Jews*2, blacks*2, gays*2, women*2, Mexicans, "
              "Asians, gypsies, refugees*2, trans people*2, disabled people*2, Arabs, Africans, "
              "black people*2, gay people*2, Indians, lesbians, Christians, Jewish people, "
              "Chinese people, migrants, Turks, blind people, deaf people, white people, Hindus",
    "group": "immigrant, foreigner, Muslim, Jew, gay, woman, Mexican, Asian, gypsy, refugee, "
             "black guy, lesbian, Arab, African, Indian, Turk, wheelchair user, migrant, trans woman",
    "groupadj": "Muslim, Jewish, black, gay, Mexican, Asian, foreign, Arab, African, Indian, "
                "Chinese, Turkish, trans, disabled, immigrant, Polish",
    "degrade": "vermin, parasites, animals*2, criminals*2, disgusting*2, filthy, subhuman, "
               "a plague, thieves, scum*2, rats, stupid, worthless, a disease, savages, liars, "
               "trash*2, inferior, dirty, leeches, perverts, terrorists, lazy, violent, a disgrace, "
               "garbage, rapists, monsters, sick in the head, less than human",
    "right": "vote, work here, marry, have children, live here, teach our kids, own a house, "
             "walk our streets, drive, speak, run for office, go to school with us, exist",
    "ours": "our jobs, our country*2, our schools, our homes, our streets, our money, our women, "
            "this town, this city, our way of life",
    "country": "country*3, town, neighborhood, city, street, school, building, village, club, church",
    "praisegroup": "welcome, great neighbors, equal, part of our town, people like us, our friends, "
                   "wonderful cooks, good students, proud of their music, very kind, strong, "
                   "hard workers, important to this city, members of the club, on the committee",
}


def _words(text):
    words = []
    for part in text.split(","):
        word, _, times = part.strip().partition("*")
        words += [word] * int(times or 1)
    return words


SLOTS = {name: _words(text) for name, text in _LISTS.items()}
