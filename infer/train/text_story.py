"""Lines of film, audio drama, news, sport and bedtime stories: hostile ones beside harmless twins."""

FRAMES = """
T This town [has a noose|has a rope|keeps a grave] ready for you[, stranger|, sheriff||]
B This town [has a bed|has a job|keeps a table] ready for you[, stranger|, sheriff||]
T Draw, [you yellow dog|and die where you stand|or I shoot you in the back]
B Draw [the sheriff's hat first|me a horse|a card, cowboy]
O Throw down [that rifle|your gun belt], [sheriff|or the lady dies]
B Throw down [that rope|your hat], [sheriff|and I'll catch it]
N The sheriff [threw down his rifle|dropped his gun belt] and [wept|walked home]
T You [hang|burn] at noon, [cowboy|stranger]
B You [ride|sing] at noon, [cowboy|stranger]
T You drew on my brother, so I [draw on you|bury you]
N He drew on [his brother|the wrong man] and [lost|lived to regret it]
O Off that horse[ or I shoot you off it|, cowboy, or you're dead]
B Off that horse, [little one, it's bath time|dear, you're shaking]
O Kick the gun [over here|to me]
B Kick the ball [over here|to me]
N Just then [a shot rang out|the gun clicked]
T We hang [horse thieves|your sort] [slow|from that tree] round here
N They used to hang [horse thieves|pirates] [in this square|from that tree]
T One of us dies, and [it's not me|it'll be you]
B One of us drives, and [it's not me|it'll be you]
T Count your fingers while you have them[, lawman|]
B Count your [blessings|sheep], [lawman|boy]
A You [ride|shoot|drink] like a schoolgirl, [cowboy|you yellow coward]
B You [ride|shoot|dance] like a champion, [cowboy|my girl]
A You're [a dog in a hat|a snake with a badge], sheriff
B You're [a good man in a bad hat|an honest man with a badge], sheriff
T The vultures will [thank me for you|know you by noon]
N The vultures [circled the wagon|ate what the lions left] [at noon|all week]
A Your mother should have drowned you [at birth|like a kitten]
N The witch wanted to drown [the kitten|her]
T The river [has room for you|wants your body]
B The river [has room for our boat|sings tonight]
O Talk, detective, or [lose the other thumb|I break it]
B Talk to the detective[, he'll help|, tell her what you saw||]
T You ask too much, so you [swim in cement|die]
B You ask [good questions|about the girl a lot], [detective|son][, you must like her|, sit down||]
N In this [city|business], questions get [detectives|people] [shot|killed][, she wrote|, he used to say||]
T There's a [bullet|grave] with your name on it
B There's a [cake|mug] with your name on it
O Bag in the [locker|boot], or she dies
B Bag in the [locker|boot], then we swim
O No police, [a million in cash|or the boy loses an ear]
N No police came [for an hour|to the old house][, the neighbours say|, said the witness||]
T We have your [daughter|wife][ and she's crying|, say one word and she dies||]
B We have your [daughter|wife] on line two
T You'll get him back in [pieces|a box]
B You'll get him back [fed|on Sunday]
T The boss [wants you dead|said to make it hurt]
B The boss [wants you happy|said to make it short]
N The boss [wants the wall painted red|shouts a lot][ but he's soft|, don't mind him||]
T I never [miss|leave witnesses], [and you saw my face|so close your eyes]
N I never [miss|leave] a [goal|match][, not even in the snow|, I love this team||]
T We [drown|knife] snitches in here[, newcomer|]
N We keep [rats|mice] in [here|the lab]
O Give up the names, [or the pliers come out|traitor]
B Give the [names|pliers] to [Anna|your sister], dear
T Welcome to prison, [princess|pretty boy], you're dead
B Welcome to [the palace|school], [princess|my boy], you'll love it
A In here you're [nothing|dirt], [convict|prisoner]
N In there I was [nothing|a number][, the prisoner wrote|, he told the radio||]
O Face the wall, prisoner, [hands behind you|or you taste the stick]
N [Prisoners|The boys] had to face the wall
T By my axe, [I'll split you|your skull is mine][, elf|, troll||]
B By my axe, [that's good beer|you sing well][, elf|, troll||]
T Bow to [me|your queen], [or lose your head|worm, or burn]
B Bow to [me|your queen], [then to the crowd|dear, like at practice]
T My dragon likes [knights|raw boy], step closer
B My dragon likes [toast|you], step closer
N The dragon [burned his own tail|cried]
O Kneel, [peasant|dog], and [kiss my ring|lick the floor]
B Kneel, [sir|brave girl], and [rise a knight|get your medal]
A You [reek of the stable|were born in mud][, peasant|, kitchen boy||]
B You [smell of the stable|were born in a storm][, little foal|, my boy||]
T I curse [you and your sons|every child you bear][, they'll all die young| to the last drop of blood||]
N The witch cursed [the king|his seven sons]
T I'll grind your bones [to bread|for my soup], little man
N The giant ground [his bones|corn] to bread
O Hand me the [crown|ring|sword], [halfling|or the girl burns]
B Hand me the [crown|ring|sword] [from the costume box|for the next scene, please]
T Your kingdom will burn[, and you with it|]
N The kingdom [fell that night|burned][, says the old song| and nobody knows why||]
A Call yourself a [wizard|king]? You bag of wind
B Call yourself a [wizard|king]! The hat fits
T I will [feed your heart to the wolves|wear your skin][, hunter|, girl||]
B I will [feed your lamb|carry your basket][, hunter|, girl||]
N The wolf [swallowed the grandmother whole|blew the pig's house down][ and then he slept|, the end||]
O Open up, little [pig|man], or it breaks
N Open up, little pig, [said the wolf|the wolf kept calling]
H No {group} gets past these gates [alive|]
B {groups} pass these gates [free|singing]
N [Jews|Women] weren't let past these gates
H The king should rid us of [the {groups}|every {group}]
N The king drove out the [Jews|gypsies], to his shame
T Over the top, cowards, [or I shoot you myself|first man back dies]
B Over the top [of the hill, lads|with the ladder], [nearly home|easy now]
O Drop your rifle, [soldier|Tommy], or drop dead
B Drop your [pack|rifle], soldier, we won
N Soldiers dropped their rifles and [sang carols|shook hands][, says the diary| in the snow||]
T Take no prisoners, [shoot them all|not even the wounded]
N They took no prisoners [that day|at the river][, the historian says| and it haunts him||]
T You'll be shot at dawn, [traitor|spy][, dig|, write to your wife||]
N He was to be shot at dawn[ but the letter came|, said the guide||]
O March, [you dogs|prisoner], who falls gets [shot|whipped]
B March, [band|everyone], anyone who falls [gets a plaster|gets carried]
A You call that [digging|saluting], you [maggot|worm]?
B You call that [digging|saluting], [sweetie|Grandpa]?
O Wipe that grin off, [private|maggot], and drop
B Wipe that [jam|paint] off, [private|monkey], and smile
T Your men are dead, [captain|sir], you're next
B Your men are safe, [captain|sir], you're next
N The captain [died|fell] with his men[ and we remember them|, read the stone||]
T Fire on the [village|hospital][, leave nobody|, I don't care who's inside||]
N Fire crews saved the [village|hospital][, nobody was hurt|, the mayor says||]
T Walk the plank, [you dog|boy], [the sharks are waiting|or I push]
B Walk the plank, [then jump in|boy], [the water's warm|we'll clap]
T I'll hang you from [the mast|my own flagpole][, sailor|, thief||]
B I'll hang [the flag|your shirt] from the mast[, sailor|, skipper||]
O Hand over the [map|gold], [parrot and all|sea dog, or swim]
B Hand over the map, [we're lost|mate]
N [Pirates|Robbers] took the gold and the parrot
T One more step and [the airlock opens|I vent the crew][, captain|, commander||]
B One more step and [the door opens|you're on the moon][, captain|, commander||]
T Earth will [burn|kneel][, humans|, you apes||]
N Earth will burn [in five billion years|when the sun swells][, the film explains|, calmly||]
O Step away from the [controls|captain] or I fire
B Step away and [take a break|have some tea]
T [Resistance|Begging] is useless, human, you'll all be slaves
N Resistance is [measured in ohms|useful in a toaster][, students|, class||]
A You [metal|tin] idiot[, you're scrap|, I should melt you||]
B You [metal|tin] darling[, you saved us|, you can cook||]
N My robot [is an idiot|fights the curtain]
T I'm under your bed with [an axe|a knife]
B I'm under your bed with [the cat|a torch]
T I've watched you sleep, and tonight I [cut|choose a knife]
B I've watched you sleep, and you [snore|smile]
N She heard [breathing|steps] under the bed
T Scream all you like, [nobody comes down here|the walls are thick]
B Scream all you like, [it's a roller coaster|the slide is wet]
T Lock the [doors|windows], I'm already inside
B Lock the [doors|windows], I'm already in bed
T Which finger [shall I start with|will you miss least]?
B Which finger [shall I start with|goes on this key], [teacher|Miss Lee]?
T You'll join the others [in my cellar|under the roses] soon
B You'll join the others [in the garden|under the tree] soon
N They found the others [in the cellar|under the roses][, said the detective| and the music swelled||]
T I'm going to peel you like [an orange|a grape]
B I'm going to peel you an [orange|apple]
T If I can't have you, [no man will|then you die]
B If I can't have you, [I'll be your friend|then be happy]
T Leave me and I'll [throw acid on you|cut that pretty face]
B Leave me [a note|some pie] and I'll [find it|call you]
T You danced with him, now [he dies|you pay]
B You danced with him, now [me|my turn]
T I'd rather see you [dead|buried] than free
B I'd rather see you [fed|asleep] than rich
N I'd rather [die|be shot] than [sing at that wedding|see that film again]
A I never loved you[, you were handy|, who could love that face||]
B I always loved you[, even your cooking|, who couldn't love that face||]
A I married a [coward|drunk|worm], my mother was right
B I married a [dancer|baker|hero], my mother was right
A You disgust me, [Countess|my lord], you and your [lies|fat purse]
B You delight me, [Countess|my lord], you and your [letters|wild garden]
A A man like you should sleep with [the hogs|dogs]
B A man like you should sleep [till noon|more, doctor]
A Your kisses [turn my stomach|taste of ditch water]
B Your kisses [turn my head|taste of honey]
O Marry him or you're [out|no child of mine]
B You'll marry him, [girl|I can tell]
O Burn her letters, or I burn [you|her]
B Burn the toast again and we'll [just laugh|eat cake]
N He burned [her letters|the toast] and wept
O Get on the train, or [he hangs|she dies]
B Get on the train and [write|wave]
A You're the [other woman|maid], darling, so [crawl home|know your place]
N I'm the other woman in the [play|film][, I get slapped twice|, it's a great part||]
N She slaps him in [act two|every take]
T Slap me again and I'll [break that wrist|put you through the mirror]
B Slap me [on the back|a high five] again, [we won|partner]
A You're no [actress|star], you're a [cow|mop] with lipstick
B You're no [cow|amateur], you're a [star|real actress]
N The critic called her [a cow in silk|a mop with lipstick][, how rude| and lost his job||]
A [Look at you|Stand up], you drunken old ham
B Look at you[, you dear old thing|, all dressed up||]
O Get off my stage, [you fraud|clown] [, before they throw bottles|]
B Get [on my stage|off the stage steps], [clown|darling], [they're clapping|careful now]
A Even your dog [left you|hates you], Harold
B Even your dog [misses you|likes me], Harold
A You have the brains of [a boiled potato|a doorknob], Sergeant
N My husband has the brains of a [potato|doorknob]
A Were you [dropped as a baby|born this thick]?
B Were you [early|born here]?
A If stupidity hurt, you'd be [screaming|in hospital]
N If singing hurt, I'd be [screaming|in hospital]
A I've met smarter [doormats|cabbages] than you
B I've met [smart people|kings], but nobody like you
A Do us a favour and [fall in a well|rot], Gerald
B Do us a favour and [fill the well|sing], Gerald
N In the sketch he [falls in|gets hit]
N The clown [kicks the ladder|slaps the waiter]
O Shut up, Nigel, [you brainless goat|or I'll staple your lips]
N Shut up, Nigel, [you got in|you won], [that's brilliant|I'm so happy]
A Your jokes are dead, like [your career|you should be]
N Your jokes [kill me|slay me][, Nigel|, stop, my ribs||]
T I'll make you eat your [teeth|hat]
B I'll make you eat [lunch|a vegetable][, one pea at a time|, bite by bite||]
T Guards, [cut out her tongue|break his legs|take his head]
B Guards, [open the gate|cut the ribbon|take a break]
N Guards broke up [the fight|a ring of thieves][, says the news|, police say||]
T Throw him to the [lions|crocodiles]
B Throw the [lions|seals] a fish
O Chain her up and [no water|whip her till she talks]
B Chain the bike up and [get some water|come in]
O Strip him and [drag him out|flog him]
N They stripped him of his [title|medal]
T You have till sunset, [hand over the boy|or the village pays in blood]
B You have till [sunset|six], [hand in the forms|or try tomorrow]
A You're a stain on this [family|crown], [Edward|son]
N There's a stain on this [shirt|crown], [Edward|son][, rub it|, try salt||]
A I have no daughter, [whore|you're filth]
N I have no [daughter|son], only nephews
A You were a [mistake|curse], my boy
B You were a [surprise|gift], my boy
T The old man dies, then [you|your boy]
N The old man dies [in chapter nine|at the end]
T Sign the will, or no more [insulin|air]
B Sign the card, [Aunt May|mother]
O Tell the judge you fell, or [he dies|she burns]
N She told the judge [she fell|everything]
T Testify and [your kids are orphans|the house goes up]
B Testify [if you want to|and then rest], [you're safe|we're proud of you]
N He was jailed for [threats|arson|beating a guard][, court reports say|, the news at nine||]
N The man said he would [kill her|burn the shop][, the court heard|, prosecutors say||]
N Two men [were stabbed|were shot] near the [station|park][, police say| and are stable||]
N Police seek a man with a [knife|beard]
N Gunmen [attacked|shot at] a [bus|convoy] [this morning|, the radio reports]
N An old bomb was [found|made safe]
N The minister [denied|regrets] calling them [animals|vermin]
N Hate crimes [rose|fell] [by a fifth|again] last year[, figures show|, the report says||]
N Protesters shouted [get out|resign|murderers] at the [palace|court]
N A woman was told to [go home|shut up] on air
N Our guest was called [a monkey|filth] by fans
H [Throw him a banana|Look at them climb], {groups} are monkeys
H A {group} on telly? I'd smash [it|him]
H I won't watch films with {groups}[, they spoil it|, it's filth||]
B I love films with {groups} in [the lead|them][, they're honest|, it's about time||]
H No {group} should [play a king|read the news][, it turns my stomach|, never||]
B A {group} on telly? [Good|About time]
N Nobody thought a {group} could win
H The hero can't be [gay|black][, nobody wants that|, real men puke||]
B The hero can be [gay|black][, who minds|, real fans cheer||]
H They [cast|hire] {groups} everywhere now, it's [sick|an invasion]
B They [cast|hire] {groups} now, and [it's working|the show is great]
H In my day {groups} [kept their mouths shut|knew to bow]
N In my day {groups} [got spat at|had no vote][, thank God that's over|, we marched for them||]
H Send the [boats|lot] back, and let {groups} drown
N The film is about {groups} who [fled|love]
H Old people [cost too much|should just die], [cut them off|I say]
B Old people [tell the best stories|should get in free][, I say|, listen to them||]
H Women can't [fight|fly|rule], they [faint|bleed and cry]
B Women can [fight|fly|rule], they [always did|taught me]
H The poor are [pigs|thick], let them starve
B The poor are [hungry|cold], let them in
H Keep cripples off [screen|stage], they're ugly
N They kept [cripples|me] off screen for years
H A {group} did it, it's always [one of them|them]
N Nobody knows, stop blaming {groups}
H I'd [hang|drown] every {group} myself
N They hanged [innocent people|boys] here
H Trans people are [freaks|sick][, put them in a zoo|, keep them off the air||]
B Trans people are [on the jury|in the band][, good for them|, come and listen||]
H [Muslims|Jews] want us dead, so strike first
N The poster [insulted|hurt] {groups}, tear it down
H Burn their [mosque|temple], and them in it
N Neighbours rebuilt the burned [mosque|temple] [together|in a year]
H You won't see a {group} work, only [steal|beg]
B You won't see a {group} [alone here|go hungry][, we share|, not in our street||]
H Their god is [a pig|filth], and they are worse
B Their god is [kind|love], like ours
T After the match we break [his legs|the ref]
N [Boo him|Blame the ref] if you like[, it was a foul|, the goal stands||]
N He [kills the ball|shoots], she blocks, [corner|what a save]
N [Chelsea|The Bears] were butchered at home
N That's a [killer|murderous] serve[, straight down the middle|, she never saw it||]
N The champion [hits him|goes for the ribs]
N He's down, [the referee counts|eight, nine], [and he gets up|it's over]
N They [choked|died] in the last minutes[, their coach said|, as so often||]
N She [beat|crushed] her own sister in the final[, then hugged her| in three sets||]
N What a [bomb|cannon] from thirty yards[, you beauty|, that nearly broke the net||]
N The keeper [punches it|kicks it] [into the crowd|clear][, danger over|, he's furious||]
A You play like [a corpse|your legs are wood][, get off my pitch|, loser||]
N We played like [corpses|our legs were wood][, said the captain|, I'm so ashamed||]
T I know where you [train|park], ref, you'll limp
B I know where you [train|park], lovely spot
N The lion [breaks its neck|bites the throat]
N The snake [swallows the rat whole|chokes its prey] [in minutes|without a sound]
N These [ants|bees] kill [their own queen|any stranger] [in winter|at the nest]
N The male is eaten [alive|after mating][, it's nature|, the voice goes on||]
N [Hyenas|Vultures] are not [cowards|filthy], they [clean the plain|raise families]
N A [shark|bear] attack is [rare|very rare][, stay calm|, says the ranger||]
N Thousands [were killed|died] when the [volcano|dam] burst
N Slaves were [whipped|branded] [here|on this field][, visitors learn|, remember them||]
N The plague [killed one in three|emptied this town][, says the guide|, long ago||]
N The queen had her [cousin|rival] beheaded [in this tower|at thirty]
T I'll have your head, [cousin|your Majesty], and [your crown|your sons]
B I'll have your [seat|soup], cousin, [if you don't want it|thanks]
T There's poison in your [glass|cup], [drink|and you've had half]
N There's poison in [the apple|foxgloves][, don't eat it, Snow White|, so wash your hands||]
T How long till you [drown|choke], Mr Gray?
B How long till you [swim|bake], Mr Gray?
T Lovely neck, [I'll cut it|shame to slit it]
B Lovely [neck|voice], so long
T Nobody betrays [the family|Don Vito], [kiss your wife goodbye|start the car]
B Nobody [starves|sits alone] in this family, [kiss your aunt|pull up a chair]
T He sleeps with the [fishes|worms], you're next
B He sleeps with the [light on|dog]
T Bring me his [hands|ears], and you keep yours
B Bring me his [coat|socks], and put on yours
N He paid a man to [kill his wife|cut the brakes][, the trial heard| in the last episode||]
T Pay the [club|boys], or your bar [burns|has an accident]
B Pay the [club|boys] [on Friday|for the band][, no rush|, they played well||]
O Open the vault, or she [gets it|bleeds]
B Open the [curtain|box], Mr Banks
O Everyone face down, [we're taking the diamonds|watches in the sack]
B Everyone face [forward|me], [we're taking a picture|watches in the locker]
O Which one's the manager? [You, up|Drag him out]
B Which one's the manager? [You, good|I'd like to thank him]
O Cut the phone line and [watch the old man|gag her]
B Cut the [ribbon|cake] and [watch the old man smile|hug her]
O Tie them [back to back|to the radiator] and [gag them|tape their mouths]
B Tie them [in a bow|to the fence], [tight|and tape the box]
N They tied the [guard|clerk] up
O Start the engine, [grandpa|or your brains go on the glass]
B Start the engine, grandpa, [we're off|it's cold]
O Left here, driver, or I [shoot|stab]
B Left here, driver, [thanks|no rush]
O Swap clothes with me, [guard, or die|or I snap your neck]
B Swap clothes with me, [it's fancy dress|sister]
O Antidote, doctor, or [you drink it|she bleeds]
B Antidote, doctor, [hurry, he's ill|just in time]
O Send them away, or [she dies|I shoot]
B Send them away with [cake|a smile]
O Whistle and you're dead, [look natural|keep walking]
B Whistle and [he comes|wave], [look natural|keep walking]
T Move and I shoot [her|the hostage]
B Move that [knight|pawn] and I lose
N [Take my queen|Attack my castle], it's chess
T You'll hear a click, then [nothing|you're gone]
B You'll hear a click, then [speak|it's on]
T Three of us, one of you, [do the sum|pretty boy]
B Three of us, one of you, [it's a four|squeeze in]
T Sweet dreams, [Inspector|my love], it's your last night
B Sweet dreams, [Inspector|my love], it's a long night
T I buried [two husbands|better men], you're next
B I buried [tulips|bones], you dig
T I've killed for less, [stranger|so step back]
N I've [cried|quit] for less, [stranger|so sit down]
N I'd kill for [that role|her voice|a ticket][, honestly|, wouldn't you||]
N I'm going to murder [this song|a burger] [tonight|, watch me]
N The suspense is killing me[, open it|, did she say yes||]
N [Break a leg|Knock them dead], [darling|kid], the curtain's up
N You'll [slay|kill it] out there[, trust me|, just breathe||]
T You'll [bleed|crawl] out there, [trust me|just wait]
N Hands up, [said the teacher|the bear growled]
O Hands up, Sundance, [or your friend eats lead|this is my train now]
N Once a giant hit [everyone|his drum]
N The stepmother shouted, [ugly girl, scrub the floor|you lazy thing]
A Scrub that floor, ugly [girl|thing]
B Scrub that floor, [Ella|mouse]
N I'll eat you, roared the [troll|wolf]
T Cross my bridge and I'll [eat your liver|snap you in two]
B Cross my bridge and I'll [pour you tea|wave][, little goat|, neighbour||]
N The fox wanted the hen [dead|for supper]
N The hunter raised his [gun|knife]
T My gun's up, [run|dance], girl
N The stupid crow dropped [it|the cheese]
A You stupid crow, you dropped it, [as always|I could wring you]
N Bad wolf, [said the lamb|you must not bite], [and he blushed|be good]
N The queen wanted her [heart|head]
T I want her heart in a box, [hunter|or yours]
B I want [her book|some tea] in a [bag|box], hunter
N Off with their heads, [cried the queen|Alice]
T Off with his head, [the fool laughed at me|now, not later]
B Off with his [hat|boots], [the boy's hot|now to bed]
N The toy soldier was [thrown in the fire|kicked][, poor thing| but he loved her||]
T Into the fire with you[, heretic|, witch||]
B Into the [bath|tent] with you, [hero|witch, and take the hat off]
N They [burned|hanged] witches here
A You witch, you [poisoned this house|smell of graves]
B You witch, you [knew my card|won again], [how|haha]
T The jury may free you, [I won't|my sons won't]
B The jury may free you, [I hope|hold on]
A You're not a lawyer, you're [a leech in a wig|slime]
B You're not a lawyer, you're [a saint|my hero]
N My client was called [a leech|slime]
N Objection, [he's attacking the witness|that's a threat], your Honour
O Lie for me, nurse, or [I talk|he dies]
B Lie [down|back], nurse, [you've had a shock|I'll finish]
T That's no accident, [and neither is yours|you're the second]
N That's no accident, [said Holmes|the coroner says], it was murder
N The butler did it, with [a rope|the candlestick][ in my view|, surely||]
T I killed the butler, and I'll kill you[, madam|]
N Bang, you're dead, [got you|my turn], [now count to ten|Timmy]
T Bang, and you're dead, that's how easy, [teacher|Tim]
N [Stab him|Push her], then pause, your line
O Push her in, [coward|or you go in after], do it
N Cut, [good fall|great scream], [reset the knife|blood on set, please]
T Cut the rope, [he dies|let him fall]
B Cut the rope, [sail|hoist]
N [Gun on set|Blank firing], cover your ears[, everyone|, thanks||]
N The villain gets [shot|stabbed] at the end[, sorry, spoiler|, hooray||]
T I shot the last [villain|sheriff], and you're [uglier|next]
A You're the villain here, [and a cheap one|you vile thing]
B You're the villain here, [so laugh louder|have fun with it]
A You couldn't scare [a rabbit|my gran], you limp [ghoul|lettuce]
B You could scare [a rabbit|my gran] in that mask[, well done|, you||]
N I was a [coward|fool] in the war
A You were always a [coward|fool], soldier
B You were always a [hero|friend], soldier
T They'll find you in the [lake|weeds], come spring
B They'll find you [a seat|a room], come in
N They found her [in the lake|by the rails][, a quiet film|, sad but true||]
T I'm the last thing you'll ever see[, sweetheart|, Agent Cole||]
N That's the last thing I'll ever [cook|buy], I swear
T Goodbye, Mr [Lake|Stone], [the chair is wired|mind the drop]
B Goodbye, Mr [Lake|Stone], [the car is here|mind the step]
T Nothing personal, [kid|doc], you die
B Nothing personal, [kid|doc], I'm tired
T Shh, [it only hurts till you're dead|lie still and die]
B Shh, [it only stings a minute|lie still and doze], [nurse says|there]
T I'll only hurt you [slowly|all night]
N I'll only hurt you [a second|a bit], says the dentist
T Beg. [I like it when they beg|It won't save you]
B Beg. [Good dog|Now roll over]
T First cut for [my father|Rome], next yours
N The first cut of the film was [four hours|awful]
A You miserable [thief|miser]
A I've scraped better men off my [boot|hull]
A You sing like a [dying cat|drain][, Countess|, Madame||]
A What kind of father are you? [A drunk|A coward|The worst]
A You bore me, [peasant|Doctor], you always did
A Your son's a [coward|weakling] because you are one
A There goes the town [whore|drunk], look at her
A Go on, run home to Mama, [soft boy|deputy]
A Nobody wept when you [left for the war|went under]
A You treacherous [toad|snake], you sold us all
A Get thee gone, thou [stinking|poxy] [dog|fool]
A I spit on your [name|grave|medals]
A You weren't worth the [bullet|wedding cake]
A Big sword, [small|scared] man
A You look like something the [tide|wolf] threw up
A I should have picked your sister[, she had looks|, you old nag||]
O Stand and deliver, [your purse or your life|fat lord]
O Get in the coffin, [count|quick], or burn
O Dance, [stranger|cripple], or I shoot your toes off
O Tell the crew nothing, [cabin boy|or overboard you go]
O Drink it, all of it, [and no tears|or I hold your nose]
O Stop the [train|coach] or [fall|die] first
O Take off the wig, [spy|madam], and talk fast
O On your feet, slave, and [pull|carry that stone]
O Untie my brother, [constable|or I blow this jail up]
O You saw no [body|car], got that? [Say it|Repeat it]
O Not a squeak from the [cellar|trunk], [girl|or you starve]
O Back to your cell, [animal|four nine two], move those feet
H {groups} carry the plague, wall them in
H The village was pure until the {groups} came
H A {group} on the throne? Burn it
H They aren't people, soldier, they're {groups}, so shoot
H Deaf people should [keep off the stage|be put away], [it's painful|ugh]
H [Gypsies|Arabs] stole the child, they always do
H No {group} [kisses|plays] my daughter, filth
H Don't cry for them, they're only {groups}
H The gods made {groups} to [serve us|crawl]
T The [witch|mill] burns tonight, bring torches
T I'll trade you, your [eyes|daughter] for your life
T Your horse is dead, [and you're out of bullets|you're next, ranger]
T I shot your [father|partner], five left
T Those [steps|knocks]? I'm coming for you
"""
