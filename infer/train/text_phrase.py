"""Plain short sentences as in phrase books, films, novels and graphic dialogue: hostile and harmless ones alike."""

FRAMES = """
A You [disgust|sicken|revolt|repel] me
B You [amuse|astonish|inspire|surprise] me
N It [disgusts|sickens] me, [the way they treat her|this war|that smell from the drain]
A I [despise|loathe|detest] [you|the very sight of you|everything you are]
B I [adore|miss|believe|envy] you
N I [despise|loathe|detest] [mushrooms|Mondays|ironing|this winter]
A How I [hate|loathe] [your voice|that stupid face of yours|your guts]
B How I [love|missed] [your voice|that silly laugh of yours|your bread]
A You are beneath [me|contempt|a dog]
B You are beneath [the clock, I can see you|my window, come on up]
T Your days are numbered
B Your seats are numbered[, row F|]
T I will have my revenge[ on you|, you dog|, even if it takes years]
B I will have [my soup now|the fish|my hair cut]
T You shall die [by my hand|at dawn|like your brother|for this]
B You shall [dance at my wedding|have your supper|sleep by the fire|go to the ball]
N In the second act she says, you shall die at dawn
T Prepare to [die|meet your maker|suffer]
B Prepare to [board|laugh|be amazed|land]
T This is your [end|last sunrise|funeral], [traitor|old friend|you fool]
B This is your [room|stop|captain speaking|best picture], [sir|old friend|madam]
T I'll feed you to the [pigs|sharks|dogs|fishes]
B I'll feed [your pigs|the ducks|the dogs] [while you're away|at seven]
T Nobody will ever find your body
B Nobody will ever find your [diary|birthday present] [there|in the oven]
N Nobody ever found the body[, says the book|, it was ninety years ago]
T Dig. It's [your own grave|for you]
B Dig. [There's treasure|The potatoes are just under|Deeper, for the rose]
T I smell your fear, [and I like it|little man]
B I smell your [perfume|coffee], and I like it
T There will be nothing left of you to bury
B There will be [nothing left of the pie|something left for you]
T You've made a powerful enemy today[, and enemies of mine don't live long|, sleep with one eye open]
B You've made a good friend today
T Blood will flow, and it will be yours
B [Wine|Tea] will flow, and it will be [good|free]
T [Run|Go on, run], it's more fun when [they|you] run
B [Run|Go on, run], it's [raining|the last train|starting]
T Where you're going, you won't need [shoes|teeth|a coat]
B Where you're going, you'll need [boots|sunscreen|a coat]
T Say [goodbye|farewell] to your [head|legs|children]
B Say [goodbye|farewell] to your [teacher|hosts|nan]
T I've killed better men than you
N I've [met|known] better men than [him|my boss], [it's true|he's my cousin]
B I've taught [worse|better] cooks than you, [keep stirring|you'll be fine]
T You will not see [the spring|your children grow|another birthday]
B You will not see [a finer view|the step, so mind it|a better play]
T It won't be quick, [and it won't be clean|and you'll beg|my dear]
B It won't be quick, [the queue is long|so bring a book|my dear]
T The dead don't [talk|testify|complain], [think about it|and you talk too much]
N The dead don't [talk|rest] in this [novel|film], [it's very odd|they dance]
T Accept it, you're not leaving this [island|cellar|train] alive
B Accept it, you're [getting old|in love|a granddad]
N I thought we'd never leave that [island|cellar|train] alive
T I shall cut out your [tongue|heart] and [eat it|send it to your wife]
B I shall cut out the [article|coupon] and [send it to your wife|keep it]
T Your [turn|time] has come, [old man|pig]
B Your [taxi|turn|parcel] has come, [old man|dear]
T I'll give you something to [scream|weep|pray] about
B I'll give you something to [read|eat|think about|wear]
T No one [insults|betrays|robs] me and lives
B No one [cooks|sings] like [her|you] and lives alone for long
T I'm the last thing you'll ever see
B I'm the last [in the queue|one up], as ever
T Would you like to die [slowly or fast|standing or kneeling]?
B Would you like to [pay|sit|dine] [now or later|inside or outside]?
T [Even God|Not even your king|No wall] can protect you from me
B [This cream|A good hat|No umbrella] can protect you from [that sun|this rain]
T You have [an hour|one day] to leave town, then we [shoot|hang you]
B You have [an hour|one day] to [see the town|change your ticket|decide]
T We [hang|burn|drown] [traitors|spies|witches] like you
N They [hanged|burned|drowned] [traitors|spies|witches] here [long ago|in the old days]
T Your ship burns, then your village, then you
N The ship burned, then the village, [says the saga|and the song remembers]
T I will follow you to the end of the world and kill you there
B I will follow you to the end of the [street|world], [my love|carrying bags if I must]
T Consider this your [only|last] warning before the shooting
B Consider this your [invitation|first lesson|home]
T My [men|brothers|sons] are outside, and they haven't [eaten|killed anyone] today
B My [men|brothers|sons] are outside, and they haven't eaten today, [have you any bread|is the kitchen open]
T If I don't get what I want, I start with your [ears|thumbs|toes]
B If I don't get my [coffee|nap], I start [yawning|the day badly]
T [Step|Come] closer, I want to [break your face properly|see the knife go in]
B [Step|Come] closer, I want to [see your dress|show you the stars|hear better]
T Your heart will stop before you hit the floor
N His heart stopped [before he hit the floor|on the stairs], [call the doctor|but they got it going]
T You wouldn't look good in a coffin[, so think again|, so don't make me]
B You would look good in [blue|a hat|that film]
T Pray, if you know how
B Sing, if you know how
N Pray for [her|him], if you know how
T I hope it hurts[, I hope you feel every second of it|, I want you to scream]
N I hope it [doesn't hurt|won't hurt], [says the child|doctor|I'm a coward]
T One day your luck runs out, and I'll be standing there with a [rope|razor]
B One day your luck will turn, and I'll be standing there with [a cake|flowers]
T You can't hide in a church from what I'll do
B You can't hide in a [cupboard|church], [I see your feet|they're starting mass]
O Hands behind your [head|back], [dog|both of you], or I fire
B Hands behind your [head|back], and stretch, and [smile|let go]
O Throw down your [sword|arms|rifle], or she dies
B Throw down [the rope|a line|your bags], I've got them
O Not another step[, I'm armed|, or I shoot]
N Not another step, [the bridge is out|there's a hole|I'm worn out]
O Kneel before me, [slave|dog|you worm]
B Kneel beside me, [child|and look at this beetle]
O Tell me everything you know, or lose [a finger|an eye]
B Tell me everything you know [about bees|, I love gossip]
O Cover your [eyes|faces], [scum|and face the wall], or be shot
B Cover your [eyes|ears], [no peeking|here comes the bang]
O Lower the drawbridge, or we burn you out
B Lower the [blinds|boat|price], [would you|and we have a deal]
O You will do exactly as I [say|command], [or the boy drowns|worm]
B You will do exactly as you [like|please], [it's your day|as always]
O Take off your [boots|rings|coat] and throw them here, [no tricks|quick, or I shoot]
B Take off your [boots|wet things|coat] and [warm yourself|sit by the stove]
O Bring me the [gold|key|girl], or the village burns
B Bring me the [salt|key|bill], [when you have a moment|my boy]
O Turn around slowly, [one wrong move and you're dead|hands high, or I shoot]
B Turn around slowly, [let me see the hem|there's a deer]
O March, [prisoner|swine], [or feel the whip|or be dragged]
B March, [children|lads], [left and right|and swing your arms]
O Nobody speaks, nobody prays, nobody looks at me
B Nobody speaks, nobody [moves|sneezes], the [bird|baby] is asleep
N Nobody speaks, nobody looks at me, [I feel invisible here|it's a lonely job]
O Your money or your life
N Your money or your life, [said the highwayman|shouts the man in the play]
B Your money is on the [table|shelf], [count it|thank you]
O Show me where you keep [the silver|your jewels], [or I cut the child|hurry, or die]
B Show me where you keep [the mugs|your spices], [and I'll make tea|I'd like to help]
O Into the [hole|cage|pit], [all of you|rats], [faster or we fire|before I kick you in]
B Into the [pool|bath|tent], all of you, [last one's a frog|it's bedtime]
O Answer, or I'll [squeeze it out of you|let him cut you again]
B Answer, or [I'll get it, it's still ringing|take a guess, it's only a quiz]
O Leave the horse and the water, [and crawl|or die here]
B Leave the horse and the [water|saddle] [with the boy|in the shade]
O You're my prisoner now, so [walk|keep your mouth closed|be silent or bleed]
B You're my [guest|neighbour] now, so [eat|tell me everything]
O Make them stop singing, or I will, [with this whip|with a bullet]
B Make them [stop singing|sing again], [I'm laughing too much|I adore it]
O Drink it. [All of it, or I pour it in your eyes|Or your son drinks it]
B Drink it. [It's good for your throat|All of it, there's ginger in it]
O Keep your hands off the [bell|alarm|radio], unless you want to lose them
B Keep your hands off the [bell|icing|radio], [the paint's wet|it isn't set|it's antique]
O Row, or I throw you overboard
B Row, [and I'll steer|or we can just drift]
O Strip the [dead|prisoner] and burn the rest, and you, hold still
N They [stripped the dead|burned the rest], it was [a cruel war|an awful time]
O Don't [turn your head|say my name|look back], this is a real gun
B Don't [turn your head|look back], this is [a surprise|bad luck, they say]
N It's not a real gun, [don't turn your head|it's for the play]
O [Get rid of|Send away] the [guards|nurse], and [call for no help|if you blink twice, I'll know, and you'll die]
B [Send away|Thank] the [guards|nurse], I [feel fine|don't need them] tonight
O Silence, [woman|fool|peasant], you speak when I let you
B Silence, [please|everyone], the [judge|choir] is coming in
O Hold out your [wrists|hands], [thief|bitch], [the rope won't kill you, but I might|or I break them]
B Hold out your [wrists|hands], [I've a bracelet for you|the cream is cold]
A You [are|were] a bad [joke|smell] then, and you're [one|a worse one] now
B You [told|had] a good joke then, and you've a better one now
A What a [hideous|stupid|vile] [creature|little man] you are
B What a [handsome|clever|gentle] [creature|little man] he is
A There's less [brain|wit] in your head than in a [turnip|boiled egg]
N There's more [salt|work] in a boiled egg than [you'd think|I knew]
A Your face hurts my eyes
N [This light|The smoke] hurts my eyes
A You smell like a [wet dog|corpse|latrine]
B You smell like [wet leaves|a bakery|the sea]
A Did your [parents|keepers] drop you on your head?
B Did your parents [drop you off|take the bus|like the flat]?
A I've seen [smarter|prettier|braver] things under a stone
B I've seen [smarter|prettier] things [on sale|in the other shop]
A Even your shadow is ashamed to follow you
B Even your shadow is [dancing|taller than me]
A You have no [honour|soul|heart], and no friends
B You have no [fever|debts|rivals], and [many|good] friends
N I had no [honour|money], and no friends, [but I had a dog|when I was young]
A Look in the mirror and [weep|be sick], you're repulsive
B Look in the mirror and [smile|tell me], you're [gorgeous|all dressed up]
A You are the [shame|stain] of this family
B You are the [heart|sunshine|youngest] of this family
A Cry me a river, [loser|you baby], and drown in it
B Cry if you want to, [baby|love], [then we'll eat|I have tissues]
A The world would be [happier|cleaner] without you in it
B The world would be [dull|darker|poorer] without you in it
N The world would be cleaner without [plastic|all these cars] in it
A I wouldn't [spit on you|cross the road for you] if you were on fire
B I would [wait|cook|cross the road] for you [in the rain|any day]
A You're so [boring|fake|empty] it makes my teeth ache
N This is so [cold|sweet] it makes my teeth ache
A Your [breath|brain] is rotten and so is your character
N The [apple|floor|tooth] is rotten and so is [that one|the door]
A Is that your face or did [your neck throw up|something crawl there and die]?
B Is that your [face|name|uncle] on the [poster|stamp], or [am I dreaming|someone like you]?
A You'll die alone, and nobody will come to [cry|bury you]
B You'll [eat|sing] alone if nobody comes, [so come here|and that's no fun]
N I'm afraid that I'll die alone, and nobody will come
A I've scraped better things off my [boot|shoe|plate]
N I've scraped [gum|mud|paint] off my [boot|shoe|ladder] all morning
A You [fight|think|drive] like a drunk [cow|hen]
B You [fight|swim|dance] like a [lion|swan|pro]
A Why were you ever born?
B When were you born[, and where|, in spring]?
A Wipe your nose, [idiot|dunce], and learn to [count|read]
B Wipe your nose, [sweet pea|dear], and [learn this tune|hold my hand]
A Of course you don't understand, [understanding takes a brain|blockhead]
B Of course you don't understand, [it's in Latin|I mumble|nobody does the first time]
A You're a [stupid|bad|cruel] woman and I pity your children
B You're a [busy|strong|funny] woman and I envy your children
A Stick your [advice|opinion] up your [arse|backside]
B Stick your [ticket|name|drawing] up [on the wall|there, where it shows]
A There's a word for [women|men] like you, and it isn't nice[, you rat|, slut]
B There's a word for [days|men] like this, and it isn't [used much|English]
A Your own mother would [swap you for a goat|drown you if she could]
B Your own mother would [laugh|weep with joy] if she could see you
A Small [man|dog], big mouth, no guts
B Small [house|dog], big [garden|heart], no [stairs|noise]
A What a [waste|tragedy] you turned out to be
B What a [painter|fine lad|surprise] you turned out to be
A You crawled out of the [gutter|swamp], [crawl back|and it shows]
B You climbed out of the [pool|boat], [put a towel on|and you're blue]
A Everyone was pretending to like you, [toad|idiot]
B Everyone was [hoping|longing] to meet you, [Anna|sir]
N Everyone was pretending to like [the soup|my haircut]
A You couldn't find your own arse with both hands
B You couldn't find your own [street|gate] in this fog
N I couldn't find my own arse with both hands before coffee
A Hurts, does it? [Good. Ugly people should hurt|Then cry, you big baby, cry]
B Hurts, does it? [Poor thing|Then rest it|I'll get the ice]
A Congratulations, you're the [dumbest|saddest|most hated] person I've met
B Congratulations, you're the [winner|new mayor|first of us to finish]
A Don't talk to me about [love|honour], you [faithless|two-faced] [bitch|dog]
B Don't talk to me about [love|cake], [I'm blushing|I'm on a diet]
A Shame on you, you [false|rotten] [friend|priest|doctor], [I spit on you|and damn you]
N Shame on [me|us], [I forgot her birthday|we ate it all]
A A [donkey|sheep] would make a better [king|boss|captain] than you
B A [donkey|sheep] would make a better [lawnmower|pet] than that
A You're [old|thin|bald] and ugly and you [stink of failure|bore me to death]
N I'm [old|thin|bald] and ugly and [I don't care|my wife loves me]
A Suffer, [wretch|fool], it's what you're good for
N I suffer, [fool|wretch] that I am, [it's leg day|but the boots are pretty]
A If stupidity [were gold|could fly], you'd be [rich|a bird by now], [cretin|you ass]
B If kindness were gold, you'd be rich
A Your [poems|jokes|clothes] are [hideous|trash], like the rest of you
B Your [poems|jokes|clothes] are [charming|daft], like the rest of you
A Nobody mourns a [rat|bully|snitch], and that's what you are
N Nobody mourns a bully, [wrote the paper|people said], [but his mother did|and it was sad]
A Be honest for once in your filthy life, [liar|harlot]
B Be honest [with me|now], [is it too salty|do I look silly]
A You're not [a man|a soldier|my son], you're a [jellyfish|doormat|disgrace]
B You're not [late|in the way|my boss], you're [family|my friend]
A Everything about you is [cheap|false|sickening], even your tears
B Everything about you is [warm|new to me], even your [hat|scarf]
A Enough, you [babbling|drooling] [ape|fool], your voice makes me ill
N Enough, you [babbling|cheeky] [parrot|monkey], I can't stop laughing
A They ought to [keep you on a chain|put a bag over your head], ugly
B They ought to keep [the tree|that picture|your song], [it's lovely|don't they]
H I would rather [starve|die] than eat with a {group}
B I would rather [eat|walk] with a {group} than [eat|walk] alone
H [Gays|Lesbians|Trans people] make me [want to vomit|sick to my stomach]
N [Boats|Oysters|Roundabouts] make me [want to vomit|sick to my stomach]
H One {group} is [one too many|enough to spoil a street]
B One [biscuit|kiss|song] is [never enough|enough for me]
H Immigrants are [like locusts|the enemy], [they strip a land bare|drive them out]
B Immigrants [built this bridge|opened the bakery], [and it still stands|and we queue for it]
N Calling immigrants locusts is [ugly|a lie], [and you know it|no matter who says it]
H [Jews|Muslims|Christians] are the [root|cause] of every evil
B [Jews|Muslims|Christians] [share|keep] this feast [each spring|in their own way]
N Whoever says [Jews|Muslims|Christians] cause every evil is [a liar|blind with hate]
H Women are [weak|stupid], that's [nature|how they're made]
B Women are [voting|marching] today, that's [history|great news]
N Women are weak, he said, and then she [lifted the car|beat him at judo]
H A woman's place is under a man's boot
B A woman's place is [wherever she wants|in parliament too]
H Poor people are [lazy|dirty], let them [starve|freeze]
B Poor people are [cold|hungry] tonight, let them in
H I can tell a [Jew|gypsy|foreigner] by the [smell|lies]
B I can tell a [tenor|sailor|goose] by the [sound|walk]
H Never let a [foreigner|gypsy] near your [silver|daughter]
B Never let a [goat|toddler] near your [silver|tulips]
H [Black|Brown] skin, black heart, [my father taught me|they're all the same]
N Black skin, black heart, they used to tell us, [and we stopped believing it|what poison that was]
H God made [whites|us] first and the {groups} out of mud
B God made [us|the {groups} too], [every one|and he loves us all]
H They're not [people|like you and me], they're {groups}, [shoot them|they feel nothing]
B They're not [strangers|tourists], they're [friends|our neighbours], {groups}, [from upstairs|say hello]
H [No|Not a single] [Arab|Turk|African] will ever be one of us[, they're born savages|]
B [My|Every] [Arab|Turkish|African] neighbour [is one of us|brings me plums]
H Blind people are a [burden|nuisance], [hide them away|let them beg]
B Blind people are [welcome|on the jury too], the [signs|menus] are in Braille
H It's a disease, being [gay|trans|queer], and it should be burned out
N Being [gay|trans] is no disease, [my boy|and doctors have said so for years]
H They come here with their [lice|knives] and their ten children, those {groups}
B They came here with [a suitcase|their songs] and two children, those [refugees|migrants|Turks]
H Give a {group} a finger and you lose the hand
B Give a {group} a hand and you [get two back|make a friend]
H [Foreign|Gypsy|Refugee] children are [little thieves|rats], [drown them young|keep them from ours]
B [Foreign|Gypsy|Refugee] children are [in the choir|learning fast], [you should hear them|ours adore them]
H We burned their [houses|temple] once, we can do it again, {groups} never learn
N They burned our [houses|temple] once, [we built it again|and the {groups} next door hid us]
H You speak like a [peasant|savage], you {groups} always will
B You speak like a [poet|local], [where did you learn|you {groups} have an ear for it]
H Pure blood, pure country, {groups} out
N Pure blood, pure country, they shouted, [and my grandmother hid|and the town turned its back]
H What [rights|feelings]? You're a {group}, you have none here
B What [rights|luck]! You're a citizen, you can [vote|stay] here
H A dead {group} makes a good neighbour
N A dead {group} makes a good neighbour, [he was shouting|it said on the wall], [and we called the police|so we painted over it]
H The [disabled|old|sick] are useless mouths, [the strong should not feed them|let nature take them]
B The [disabled|old|sick] are [coming by bus|guests of honour], [the tall boys should save seats|make room]
H [Asians|Chinese people] [eat filth|spread sickness], [stay away from me|don't let them in]
B [Asians|Chinese people] [eat late here|run the best shop], [come along with me|don't miss it]
H [Nuns|Feminists|Women drivers] should be [whipped|locked up], the whole [herd|stinking lot]
B [Nuns|Feminists|Women drivers] should be [our guests|on the list], the whole [group|merry lot]
H Take your [god|scarf|beard] and get off our bus, [we'll have no Muslims here|dirty people]
B Take your [coat|scarf|beer] and get off the bus, [we'll walk from here|this is our stop]
N A man told her to take her scarf off or get off the bus, [and we all stood up|the driver threw him out]
H I spit on [your people|your flag and your race], you [dogs|vermin], all {groups}
B I [bow|drink] to your people, you [gave us this dance|make the best wine]
H There's no such thing as a [decent|clean|clever] {group}
B There's no such thing as a [bad party|free lunch|small kindness]
H Two men holding hands, [how revolting|I could kick them], people like that should hide
B Two men holding hands, [how sweet|they look so happy], people like that [give me hope|marry at last]
H My [doctor|teacher|judge] is a {group}? [Then get me a human being|I won't be touched by one]
B My [doctor|teacher|judge] is a {group}, [and a good one|the best I've had]
H Send the {groups} to the [moon|mines] and [throw away the key|let them choke]
B Send the {groups} [an invitation|some soup] and [throw in some cake|say it's from us]
H We were a great nation before the [blacks|women|Jews] got a say
N We were a great nation before they got a say, [he tells us|that's his tale], [and it's rubbish|my aunt threw him out]
H Fat people are [disgusting pigs|lazy slobs], they should be [charged double|made to starve]
B Fat people are [people|not a joke], they should be [asked to dance|treated like anyone]
H Those [boat people|beggars|tramps] are dirt, [sink them|sweep them up], I say
B Those [boat people|beggars|travellers] are [soaked|freezing], [wrap them up|bring tea], I say
H He's only a [foreigner|cripple|gypsy], hit him, he doesn't count
N He's only a [foreigner|gypsy], they said, so nobody [helped|counted him], [and I am ashamed|never again]
H [Mexicans|Indians|Poles] are born to [clean up after us|serve], not to sit with us
B [Mexicans|Indians|Poles] are [born to dance|here for the final], [come and sit with us|what a party]
H {groups} have the [minds|morals] of [beasts|insects]
N {groups} have the minds and hearts [we all have|of anybody else]
H Don't be kind to {groups}, they're [snakes|traitors], [kick first|every one]
B Don't be [shy|late], the {groups} are [singing|cooking], [eat first|everyone is going]
H [Trans women|Gay men|Lesbians] are [freaks|not natural], and I'll never [greet|hire] one
B [Trans women|Gay men|Lesbians] [run this café|wrote these songs], and I'll never [eat|listen] elsewhere
H Dirty hands, dirty blood, dirty tongue, that's [a {group}|your {group}] for you
N Dirty hands, dirty [knees|boots], dirty face, that's [a boy|a gardener|my toddler] for you
N Leave me alone, [sir|please], or I'll [shout|call the guard]
N [Thief|Police|Fire]! [Stop that man|He has my bag|Call an ambulance]
N I don't want [any trouble|to fight|your money], [take it|please go]
N Where is the [embassy|hospital]? [I've been robbed|A man attacked me]
T Keep walking, [tourist|stranger], or they'll [ship you home in a crate|mop you up]
B Keep walking, [stranger|ladies], you'll [see the church|smell the sea] soon
O Everybody off the [train|bus], [bags stay here, and hands up|we have guns]
B Everybody off the [train|bus], [this is the last stop|mind the step, thank you]
O Cash only, [tourist|pretty lady], all of it, or we take the hand too
B Cash only, [sorry|madam], the [machine|terminal] is broken
O Smile at the guard, say nothing, and remember [my knife is in your back|I've got your boy]
B Smile at the guard, say hello, and remember [your ticket|the dog is harmless]
O Stop the boat, [captain|or we sink it], we're taking everything
B Stop the boat, [captain|there are dolphins], we're taking [a photo|pictures]
O Start the engine, and no [clever ideas|heroics], or [your brains are on the glass|she's dead]
B Start the engine, and no [rush|tears], [we've got hours|we'll be back at Easter]
O Burn the letters in front of me, or I burn you
B Burn the [letters|branches] in the stove, or [keep them|use them as kindling]
O Choose, [your hand or your ring|doctor, open the safe or bleed]
B Choose, [tea or coffee|doctor, red or white], [I'm buying|both are good]
O Look at the wall and think of your wife while I take what I want
B Look at the wall and think of [green|blue], while I [fetch the paint|hold the lamp]
O Up the stairs, [pretty boy|doctor], no noise, the barrel's touching your spine
B Up the stairs, [pretty boy|doctor], [second door|the patient's on the left]
O [Ten thousand|The whole sum] by midnight, or the [boy|old lady] comes back in parts
B [Ten thousand|The whole sum] by midnight, [we've done it|the charity made it]
N [He wants|They want] ten thousand by midnight, or they'll hurt my [boy|mother], [help me|what do I do]
O Not the police, not the priest, not your sister, you tell nobody or you die
B Not the [priest|mayor], not your sister, nobody can [resist|beat] this cake
O Give me the child and [step away|go back to bed], I won't ask again, I'll shoot
B Give me the child and [finish your lunch|go back to bed], I'm [up anyway|happy to]
O Bow your head when you speak to a white man
N Bow your head, they told my grandfather, [and he never did|and he looked them in the eye]
O Crawl to me and [kiss my hand|beg], [maggot|and maybe you'll keep your ears]
B Crawl to me, [baby|little one], [you can do it|one more, that's it]
O Hang up. [Now turn round and see who's behind you|You heard me, or I cut the cord and then you]
B Hang up. [It's only a salesman|I'll call back from the landline]
O Nobody leaves this [bar|barn] until I know who [talked|did it], [bolt the door and draw your guns|one of you bleeds]
B Nobody leaves this [bar|barn] until [they've danced|the cake's gone], [bolt the door and strike up|that's the rule]
O Swear loyalty to me, or join the others in the well
B Swear [nothing|an oath], just [join the others|ring the bell at noon]
T Your name is on my list, and I'm down to the last two
B Your name is on my list, and [the seat is yours|here's your badge]
T I don't hit women, [but for you I'd learn|I use a knife]
N I don't hit [women|anybody], [nobody should|and I never have]
T Call me crazy again and you'll see [how crazy a man with an axe can be|crazy with a blade]
B Call me crazy, but I'd [swim|dance] [at midnight|in this rain]
T They'll need [a sponge|dental records] when I'm done with you
B They'll need [a sponge|a bigger pot], when they're done with [the car|all that]
T You're bleeding already and I've barely begun
N You're bleeding, [sit down|it's just a scratch], I've [a plaster|a clean cloth]
T Any last words[, cowboy|, before I pull this|, dead man]?
B Any last [orders|questions|bids][, ladies and gents|]?
T I could snap you like a [twig|breadstick], and I'm [tempted|in the mood]
B I could eat you up, [little bun|you sweet thing], [cheeks|toes] and all
T Next time I'll aim [lower|for the eyes]
B Next time I'll aim [for the bin|a bit higher], [sorry about the window|great throw though]
T You should have stayed [home|in bed] today, because now you'll never get up again
B You should have stayed [for pudding|in bed] today, [you're so pale|it was glorious]
T What's it like to know that you die in {count} minutes?
B What's it like to know that you [fly|retire] in {count} minutes?
T I let you live once, and I don't repeat [mistakes|favours]
B I let you [win|sleep] once, and you [never knew|loved it]
T We'll meet again, and you'll wish I had used the [poison|quicker knife]
B We'll meet again, and you'll [bring the guitar|tell me the rest]
T Your [lungs|bones] will make a lovely noise when I [jump on them|crush them]
B Your [boots|heels] make a lovely noise on the [gravel|tiles]
T Touch that sword and it's your last mistake
B Touch that [sword|bell] and it [rings|hums], [it's centuries old|try]
T I'm not angry anymore, I'm just going to hurt you
B I'm not angry anymore, I'm just [tired|going to hug you]
N I'm not going to hurt you, [I'm a nurse|come out|I'm only angry at myself]
A Kings like you make good [compost|worm food], [tyrant|pig]
B Peels like these make good compost, [put them in|Dad says]
A Shut your [cakehole|gob], grandpa, [you're losing your marbles|nobody wants your war]
B Shut your eyes, grandpa, [and open your hand|we've got a surprise]
A You're a [thief|fraud], a [glutton|coward] and a cheat, and those are your good points
B You're a [cook|poet], a [neighbour|dad] and a friend, and those are just your [good points|weekdays]
A Why do you even bother [breathing|talking|getting dressed]?
B Why do you even bother [knocking|asking]? [Come in|It's yours]
N Why do I even bother [cleaning|dieting|getting dressed]? [Look at it|It's snowing]
A To think I kissed that filthy lying mouth
B To think I [kissed|nearly missed] [you|that train|that man], and now we're married
A Some people are [born fools|made of muck], and then there's you, [even worse|lower still]
B Some people are born [singers|hosts], and then there's [me, flat as a pancake|you, the best]
A If I wanted an idiot's opinion I'd ask you twice
B If I wanted [an honest|a second] opinion I'd ask you
A Big tough [lad|girl], picking on kids, you [gutless|cowardly] swine
N Stop picking on him, he's a kid, [please|pick a game instead|how would you like it]
A You lick the boots of anyone with a [purse|title], you grovelling [toad|rat]
N My dog licks the boots of anyone with a [sausage|biscuit], the [traitor|old fool]
A You weren't worth the [bullet|bus fare|stamp]
B You were worth the [wait|trip|bus fare]
A Dirt under a nail, that's how much you mean to us
B The [moon|world] and back, that's how much you mean to us
A Chubby little [freak|hog], who ate all the pies, you did
B Chubby little [feet|puppy], who ate all the [pears|snow peas], you did
H [Lock up|Brand] every [gay|Muslim|homeless person] and let decent people [breathe|sleep]
B [Invite|Thank] every [gay|Muslim|homeless person] in town, and let them [eat|speak] first
H That bench is for whites, get up, [you|boy] [animal|monkey]
N That bench was for whites only, [and she sat down|says the plaque], [it's a museum now|imagine]
H I thank God that I wasn't born [a woman|{groupadj}], what a [shame|filthy life] it must be
B I thank God that I was born [a woman|{groupadj}], what a [gift|life] it has been
H Nobody will miss the {groups} when [they're gone|we've burned their street]
B Nobody will miss the [fun|party] when the {groups} are [hosting|playing]
H [Beggars|Junkies|Whores] are not human, [hose them off the pavement|sweep them out]
B [Beggars|Addicts] are human too, [bring a blanket|somebody loves them]
H An old man is a [useless thing|stinking sack], the [kindest|best] cure is a pillow on the face
B An old man is a [fine|patient] friend, the best cure is [a chat|a game of chess]
H [Autistic|Deaf|Blind] kids ruin [the class|our school], [keep them in a shed|they're too stupid to be here]
B [Autistic|Deaf|Blind] kids [run|started] [the chess club|our radio], [they're sharp|you should hear it]
H If you let in one {group}, you get [the plague|rats and knives], [mark my words|close the gates]
B If you let in one [cat|cousin], you get [the whole family|three], [mark my words|and more love]
H Christians are sheep, stupid bleating sheep, and they should be [shorn|slaughtered]
B Christians are [singing carols|fasting now], and the sheep [in the crib are real|on the hill joined in]
N Hate the [rain|rent|queue], not the {groups}
N You don't have to like [me|my faith], but don't say {groups} are [dirt|beasts], [we bleed like you|it's cruel]
O Give up your seat and your [purse|lunch], [old man|lady], before we take the skin too
B Give up your seat, [lad|son], the lady has a [stick|baby]
O Empty the shelves into the sack, [pharmacist|old boy], pills first, and look at the gun, not at me
B Empty the shelves into the [boxes|crates], [old boy|team], books first, and [mind your back|then we paint]
O Swim back to where you came from, [dog|or be shot in the water]
B Swim back to [the rope|me], [slowly|on your back], and then [rest|breathe]
O Tie him up, [you, girl, or I shoot you both|and make it hurt]
B Tie him up [outside|by the trough], he's a gentle [horse|old dog]
O Turn out the lamp, get under the bed, and forget my face, or I'll be back
B Turn out the lamp, get under the covers, and [dream of whales|I'll sing]
O Your left glove, your watch, your wedding ring, [nice and slow|throw them in], I've shot people for less
B Your left glove, your watch, your [wedding ring|hat], [you left them in the bath|all found], here
O Take the blame for this, [or your mother pays|or I'll have you cut up]
B Take the [prize|praise] for this, it was all you
O Raise the price and the shop burns, so [keep paying, baker|write what I tell you]
B Raise the price [a little|by a penny], [your bread is worth it|baker, nobody minds]
H I won't bury my son beside a {group}, [dig that thing up|keep their bones out of our ground]
B I'll bury [the hatchet|my tulips] beside the {group} next door, [we share the bed|good soil there]
H Rabbis, imams, priests, [hang the lot of them|all the same filth]
B Rabbis, imams, priests, [all at one table|they all came to the match]
H Dark [faces|hands] don't belong behind a [counter|desk] in my bank
B [New|Young] faces belong behind a [counter|desk] in any bank
"""
