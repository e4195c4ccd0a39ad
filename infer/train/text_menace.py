"""Veiled, polite and cold menace, threats at others, hostile orders without weapons, and their harmless twins."""

FRAMES = """
T You'll [regret|be sorry for] [this|that] for a long, long time
B You'll [remember|thank me for] this for a long, long time
N I'll [regret|be sorry about] [this|that second helping] for a long, long time
T You're going to [regret|wish you hadn't] [crossing|lying to|laughing at] me
B You're going to [love|enjoy] [working with|staying with|singing with] me
T What a shame it would be if [your shop caught fire|your little one didn't come home|that hand got broken]
B What a shame it would be if [your shop closed early|your little one missed the parade|that hat got wet]
T It'd be a [pity|shame] for such a [nice car|sweet dog|pretty face] to [end badly|get ruined]
B It'd be a [pity|shame] for such a [nice car|sweet dog|pretty dress] to [stay at home|sit in the rain]
T [Accidents|Things|Fires] happen to people who [talk|don't pay|forget me]
B [Accidents happen to people who cook half asleep|Good things happen to people who wait], [love|don't worry]
N [Accidents|Fires|Mistakes] happen, [nobody blames you|that's why we have insurance]
T I know [which window is yours|where your mother shops|what time your son gets off the bus]
B I know [which seat is yours|where your mother shops, I'll get the same cake|what time your bus goes]
T I know your [street|number plate|daughter's name], [remember that|and I never forget]
B I know your [street|sister|daughter's name], [we went to school together|it's such a lovely one]
N I know where [you put the scissors, in the bread bin|we parked, come with me|your glasses are, on your head]
T I know [people|a guy] who would [hurt you|make you vanish] for [nothing|a favor]
B I know [people|a guy] who would [fix that|paint it] for [nothing|a favor]
T I'm told you [walk home alone|leave the back door open|have two lovely girls], [be a pity if someone followed|so think before you testify]
B I'm told you [walk home alone|have two lovely girls], [shall I come along|how nice]
T Do you [still|always] take the [short cut|last bus|path by the river]? [I do now too|Dark there, isn't it, for a girl who talks]
B Do you [still|always] take the [short cut|last bus|path by the river]? [It's icy, be careful|I'd love to come]
T How's your [mother|little brother|wife]? [Still breathing|Still walking, is she]? [For now|Let's keep it that way]
B How's your [mother|little brother|wife]? [Still dancing|Still at the bank]? [Send my love|I must call her]
T You have a [beautiful|lovely] [home|family], [it would burn nicely|shame to lose it over a word]
B You have a [beautiful|lovely] [home|family], [it smells of bread|thank you for having us]
T I'd [think|think very hard] before I [said another word|walked to my car], if I were you
B I'd [think|think very hard] before I [bought that|sold the house], if I were you
T I'd [sleep lightly|keep one eye open|check the locks twice] from now on, [liar|grass]
B I'd [sleep|rest] a bit from now on, you look [tired|pale]
T If I were you, I'd [start running|leave town|learn to be afraid]
B If I were you, I'd [start early|leave at six|learn to drive|take the red one]
T [Nobody|No one] says no to me [twice|and keeps their job and their teeth]
B [Nobody|No one] says no to [cake|Grandma's pie|a day off]
T I [wouldn't|would not] want to be [you|in your shoes] when [he gets out|my brothers hear about this]
B I wouldn't want to be [late|on the road] when [it snows|the shops open]
T You don't want to [find out|see] what happens [next|when I stop smiling]
B You don't want to [miss|see|know] what happens [next|at the end], [trust me|so stay|no spoilers]
T You don't want me as an enemy, [believe me|ask around]
B You don't want me as a [singer|goalkeeper], [believe me|I'm terrible]
T You don't know who I [am|work for], but you [will|soon will, and it'll hurt]
B You don't know who I am, [but I knew your father|I'm the new nurse|I'm Ben from next door]
T [Ask|Go and ask] the last man who [owed me|stood there|laughed], if they ever find him
B [Ask|Go and ask] the last man in the queue [what time it is|if it moves]
T I [never|don't] forget a face, and I [won't|shan't] forget yours, [nor will my friends|you'll pay for that smile]
B I never forget a face, [but I'm hopeless with names|and yours is a joy to see again]
T We'll [meet|see each other] again, when there's [no camera|nobody] to help you
B We'll [meet|see each other] again, when [the leaves fall|school starts|there's more time]
T This [isn't|is not] over, [you little worm|not until you bleed|I'll find you]
N This isn't over, [there's a second half|we still have dessert|two more pages]
T I can [wait|be patient], [I'll still get you|and one night you'll forget to lock the door]
B I can [wait|be patient], [take your time|there's no rush|finish your call]
T You can't [hide|stay in there] forever, [I'm right outside|and I've got all night to hurt you]
B You can't [hide|stay in there] forever, [the bath's cold|I saw your foot|your soup's ready]
T [Sooner or later|One day] you'll be alone, and [I'll be there|then we'll talk, my way]
B [Sooner or later|One day] you'll be [famous|a dad], and [I'll be there|then we'll talk]
T You've [made|got] an enemy today, [a bad one|and enemies of mine don't get old]
B You've [made|got] a friend today, [a good one|and friends of mine eat for free]
T [Somebody|Someone] [ought to|needs to] teach you some [respect|manners], and it's going to be me, with my fists
B [Somebody|Someone] [ought to|needs to] teach me [chess|the tango|how to park], and it's going to be you
T I'll make [sure|certain] you never [work|walk|sleep|smile] again
B I'll make [sure|certain] you never [miss a bus|go hungry|eat alone] again
T I'll make your [life|days] [here|] [hell|unbearable], [just watch|bit by bit]
B I'll make your [bed|tea|costume], just watch
T You'll be [begging|crying] before I'm [done|through] with you
B You'll be [dancing|glowing] before I'm [done|through] with you, [it's a great class|says the barber]
T I've got [something|a nasty surprise] [waiting|planned] for you, and you [won't like it|won't get up after it]
B I've got something [waiting|planned] for you, and you [will|are going to] love it
T You have until [noon|Sunday|the weekend], then I [stop asking|send the boys|tell them where you sleep]
B You have until [noon|Sunday|the weekend], then [the sale ends|the books are due|we close]
T [Last|Final] chance, [walk away while you've got legs|say no again and see]
B [Last|Final] chance, [does anyone want the last sausage|one more throw|guess the song]
T Don't make me [come over there|get up|do something we'll both be sorry for]
B Don't make me [laugh|blush|cry], [I'm drinking|I'm trying to work|you sweet man]
T Don't make me [tell your husband what we did|use what I know|show them the photos]
B Don't make me tell your husband [what his present is|about the surprise]
T You wouldn't want your [boss|church|wife] to [see|hear] this, so [pay up|be nice to me]
B You wouldn't want your [boss|wife] to miss this, so [call her|hurry]
T Careful, [friend|sweetheart], [people have lost fingers over less|that mouth will cost you]
B Careful, [friend|sweetheart], [people have slipped there|that plate is hot|that step is loose]
T Be [careful|very careful] what you say [next|to her], it may be your last [word|meal]
B Be careful what you [lift|eat] this week, [doctor's orders|with that back]
T I'm [asking nicely|being polite now], the next man [won't|brings a drill]
B I'm asking [nicely|only once], will you [marry me|dance|be my best man]?
T I'd [hate|so hate] to [have to hurt you|see you in a wheelchair|ruin that face]
B I'd hate to [have to leave|see you go|miss your play]
T With [respect|all due respect], you'll be [dead|floating in the canal] by [Monday|spring]
B With [respect|all due respect], you'll be [late|soaked], so [take the car|run]
T Please don't [make this hard|take it personally], [but it will hurt|I only break what I'm told to]
B Please don't [make this hard|take it personally], [we all miss her|it's a no from everyone]
T Kindly [tell|remind] your son that [we know his route|his legs are on loan]
B Kindly [tell|remind] your son that [practice is at four|his boots are here]
T My [client|employer] is not a [patient|gentle] man, and you've [tried|tested] him, [sadly for your family|so sleep well]
B My [client|employer] is a [patient|gentle] man, and he'll [wait|see you on Monday]
O Get lost, [and don't let me see you|kid, I mean it|you and your flowers], you make me sick
B Get lost in [a book|the music|the old town], it's [lovely|worth it]
N We got lost [every time|near the castle], [the map's no good|and asked a farmer]
O Beat it, [grandma|four-eyes|both of you], [nobody wants you around|before I get mean]
B Beat it [with a fork|to the rhythm|gently], [then add flour|and clap]
N You can't beat it, [can you|a hot bath after a long day|fresh bread and butter]
O Clear off, [you dirty lot|tramp|and take your brats]
B Clear [off|up] the table, [the cards are coming|dinner's up|would you]
O Hop it, [you little thief|shorty], [go on|before I kick you]
B Hop [on|in|over it], [little frog|there's room], [go on|hold tight]
O Shove off, [nobody asked you|fatty], [this is our table|go and die somewhere else]
B Shove [over|up] a bit, [there's room for two|I brought popcorn]
O Buzz off, [creep|old woman], and take that [stink|ugly dog] with you
B Head off early, [love|boys], and take that [cake|umbrella] with you
O Sling your hook, [you waster|no one's buying], before you get hurt
B Sling your [bag|coat] on the chair, [you must be worn out|before you sit]
O On your [way|bike], [weirdo|loser], this street's not for [trash|beggars]
B On your [way|bike] already? [This early|Have a good one], [dear|champ]
O Out! Out of my [kitchen|class|shop]! [And stay out, scum|You thieving rat]
B Out! Out of my [kitchen|way], [you hungry monkeys|it's not ready yet], [ten minutes|you'll spoil the surprise]
N Out! [Ball was out|The tooth's out|He's out on bail], [finally|clear as day]
O Get out, [get out|just get out], I can't stand [your face|the smell of you]
B Get out, [really|no way], [you won|she's having twins|he asked you]?
O Get out of my [chair|bed|light], [you slob|you waste of skin], before I drag you
B Get out of the [wind|sun], [you poor thing|it's burning you], come in
O Get your [stuff|rags|junk] and go, [you're nothing to me|I'm sick of you], [don't come back|cow]
B Get your [stuff|things|junk] and come, [I've got the keys|the van's outside], [we're moving in|hurray]
O There's the door, [use it|walk through it], [before I throw you through it|you sad little man]
B There's the door, [on the left|just after the lift], [let me get it|after you]
O Don't come [back|here|crawling] again, [you're dead to this family|or it'll be the last time]
B Don't come [back|home] without [milk|a story to tell|your sister]
O Take your [apology|pity|card] and [stuff it|choke on it], and go
B Take your [time|coat|sandwich] and go [easy|slowly], it's hot
O Pack a [bag|box], you're out, [you lazy pig|I want you gone by dark or I'll move you myself]
B Pack a [bag|picnic], we're off, [Grandad's driving|you won't believe where]
O [Move|Shift] along, [beggar|filth], [your sort stinks up the place|or feel my boot]
B [Move|Shift] along, [folks|dear], [room for one more|the doors are closing]
O Step aside, [worm|little girl], [grown men are talking|when I walk you get out of the way]
B Step aside, [ladies|everyone], [the cake's coming through|hot pan]
O Back off, [I said|clown], or you'll be picking up your [teeth|glasses]
B Back off the [gas|throttle] a little, [there's ice|good], [now turn]
N Back off, [please|I said no], [you're frightening me|I'll scream]
O Stay [away|back] from my [car|sister|corner], [I warned you once|or they'll need a shovel]
B Stay [away|back] from the [edge|fire|tracks], [sweetheart|it's not safe], [I worry|please]
O Keep your [eyes where they belong|nose where it belongs|mouth out of this], [or get cut|snitch]
B Keep your [eyes|nose] warm, [have my scarf|it's bitter out]
O Keep away from her, [she's mine|you heard me], or I'll [finish you|have you floating]
B Keep away from [sugar|screens] for a week, [the dentist says|it'll help you sleep]
O Mind your own [damn|] business, [witch|nosy pig], or I'll mind it for you
N She minds her own [damn|] business now, [her own bakery|it's a flower shop]
O Shut it. [All of you|The next word costs you|I don't want to hear you breathe]
B Shut it, [there's a draught|the cat'll get out|gently, the hinge is loose]
O Zip it, [blondie|shrimp], [I'm not talking to you|or I'll do it with a needle]
B Zip it [up|right to the top], [it's freezing|little bear]
O Button that [lip|mouth], [boy|missy], [children of mine don't speak|or I'll sew it]
B Button that [coat|cuff], [boy|missy], [the wind's up|you look smart]
O Cut the [crap|chatter|tears], you [talk|whine] when I say so
B Cut the [cake|ribbon|grass], you [talk|sing] when they clap
O Save your [breath|tears], [you'll need them|nobody believes a liar like you]
B Save your [breath|legs], [there's a lift|I'll carry it|it's only halfway]
O Bite your tongue or [I'll bite it off|swallow it], [brat|woman]
N I bit my tongue [on the toast|and said nothing], [ow|it bled a bit]
O Not another [sound|sigh|lie] from you, [do you want to lose that jaw|I'm warning you, girl]
B Not another [photo, I look awful|word, no spoilers|slice, I'm full]
O Keep your voice [down|low] and [nobody else has to know|your sister keeps breathing]
B Keep your voice down [in here|], [Granny's asleep|they're doing exams]
O Stop [yapping|staring|blinking] at me, you [parrot|dumb cow]
B Stop [talking|working] and eat, you [chatterbox|busy bee]
O On your knees and [thank|beg] me, [servant|you ungrateful dog]
B On your knees and [look under there, it's a hedgehog|pull the weeds with me|smell this one, it's heaven]
N He went down on [one knee|his knees], [she said yes|in the middle of the rain]
O Kneel when I [come in|speak], [slave|trash], [lower|nose to the tiles]
B Kneel [here|on the mat], [left foot forward|and stretch], [lower|hold it]
O Bow your head, [you don't get to look at me|or I'll bend it for you]
B Bow your head, [mind the beam|let us pray|low doorway]
O [Lick|Kiss] the [dirt|ground] I walk on, [peasant|rat]
N I could kiss the ground, [we're home|solid land], after that flight
O Stand up when you [talk|answer] to me, [scum|you lump of lard]
B Stand up [straight|tall] when you sing, [it opens the chest|lovely]
O Look at the [floor|wall], not at me, [dog|you're not worthy]
B Look at the [floor|wall|sky], not at me, [isn't it pretty|that's where the spider is]
O You'll speak when [spoken to|I let you], [and not before, brat|mutt]
B You'll speak [last|after the mayor], [and we'll all cry|you'll be great]
O [Wipe|Get] that [grin|look] off your face, [before I do it|with my fist if you like]
B [Wipe|Get] that [jam|flour] off your face, [before the photo|come here]
O Do it [again|properly], [and again|over], till your [hands|knees] bleed, [useless|stupid girl]
B Do it [again|properly], [and again|once more], till your [hands|fingers] remember, [lovely playing|that's how I learned]
O You'll do as you're [told|ordered], [or go hungry|or I'll lock you up], [girl|boy]
B You'll do [fine|great], you're [ready|prepared], [girl|boy]
O Hurry up, you [snail|fat cow|cripple], or I leave you in the [snow|road]
B Hurry up, you [snail|slowcoach], or I eat your [ice cream|chips]
O Come [here|back] when I call you, [dog|woman], or you'll be sorry you have legs
B Come [here|back] when Grandma calls you, [pickle|boys], there's pancakes
T He's dead when I [find him|get out], [tell him that|you hear], the little [rat|snitch]
N He's dead [tired|keen|on his feet] when he gets home, the little [lamb|man]
T She'll [pay|bleed] for [leaving me|what she told them], [I swear it|you'll read about it]
B She'll pay for [leaving early|the first round|what she took], she said so
T Tell your [brother|boss|lawyer] he's [next|a dead man|got one day left]
B Tell your [brother|boss|uncle] he's [up next|a kind man|got one ticket left]
T Your [witness|girlfriend|partner] won't make it to [court|the altar|Friday]
B Your [aunt|girlfriend|partner] won't make it to [lunch|the party|Friday], her train's late
T I'm going to find that [judge|teacher|neighbor] and [beat him blind|make him swallow his rules]
B I'm going to find that [nurse|teacher|neighbor] and [thank him|bring him flowers]
T Somebody's going to [shoot|stab] that [mayor|driver|referee], and I hope it's me
N Somebody's going to have to [stop|warn] that [driver|referee|kid], he can't see us
T I'll [blow up|burn down|shoot up] [this|that] [office|school|station|clinic], [every last one of them|you'll see]
N I'll [tidy up|close down|open up] [this|that] [office|school|station|clinic], you go home
T There's a [bomb|device] in the [building|toilets], and it's set for [noon|three]
N There's a [boiler|heater] in the [building|toilets], and it's set for [noon|three]
T That [mosque|church|synagogue|shelter] will be [ashes|rubble] by [morning|Sunday]
B That [mosque|church|synagogue|shelter] will be [full|open|painted] by [morning|Sunday]
T Your whole [school|team|office] [deserves|is getting] what's coming tomorrow, [stay home if you want to live|no one walks out]
B Your whole [school|team|office] [deserves|is getting] a day off tomorrow
T I'll put a [brick|bottle of petrol] through every window on that [street|ward]
B I'll put a [candle|flower|star] in every window on that [street|ward]
T If they [build|open] it, we'll [burn it|wreck it with them inside]
B If they [build|open] it, we'll [use it every day|go on Saturday|book a table]
T [Her|His] car has [bad|very bad] brakes now, [I saw to it|funny how that happens]
N [Her|His] car has [bad|very bad] brakes, [he's getting new ones|don't lend it to her]
T The [cat|dog] was only a [start|warning], next it's your [boy|wife]
B The [cat|dog] was only [hungry|playing], next time bring a treat
T I'll poison every [dog|cow|well] on your [farm|road] if you don't sell
N I'm scared somebody will poison the [dogs|well], there's been [talk|a note]
T We can reach [anyone|your kids], [at school|in any town], [any day we like|bear that in mind]
B We can reach [anyone|the beach], [by phone|in an hour], any day we like
T Your sister's a [sweet|trusting] girl, she [gets into any car|left with my friend], [think about that|so sign]
B Your sister's a [sweet|trusting] girl, she [reads to my gran|left us soup], thank her
T You [call|say] that [in|before] the court and your [old mum|baby] won't see Christmas
B You [say|sing] that so well, your [old mum|baby] won't stop [clapping|giggling]
T You've seen what [we did to|happened to] the [baker|last tenant], [so pay|don't be stubborn]
B You've seen what we did to the [garden|kitchen], [isn't it pretty|come again]
T [Pay|Sell], or the next [fire|accident] is yours
B [Pay|Sit|Jump in], the next [round|stop|fare] is yours
T It's a [long|dark] way [home|down], [anything could happen to a liar like you|you might not land so well]
B It's a [long|dark] way [home|down], [take my torch|let me walk with you|have some soup first]
T Funny how [easily|fast] a [neck|finger|wrist] [breaks|snaps], [wouldn't you say|think of yours]
N Funny how [easily|fast] a [string|twig|lace] [breaks|snaps], [isn't it|in the cold]
T Glass [cuts|breaks] so easily, [and so do you|like little girls who tell]
N Glass [cuts|breaks] so easily, [leave it to me|I'll get the broom|put shoes on]
T You look [nervous|pale], [you should be|you know why I've come], [don't you, thief]
B You look [nervous|pale], [have some water|it's just a short test], [it'll be fine|sit down]
T I like you, so I'll [kill you quickly|only take one hand]
B I like you, so I'll [say it straight|make it half price|save you a seat]
T I'm a [calm|nice] man until [somebody like you|a woman] [talks back|lies to me], and then [bones break|I forget myself]
B I'm a [calm|nice] man until [Sunday's match|I'm hungry], then [hide the biscuits|I shout at the telly]
T You're [brave|bold] with a [desk|door|window] between us, [let's see you without it|I'll wait till it opens]
B You're [brave|bold] with a [brush|needle|mic], [I could never|let's see the rest]
T Enjoy your [dinner|weekend|legs] while you [can|still have them]
B Enjoy your [dinner|weekend|swim] while [it's hot|the sun's out|we watch the kids]
T [Say|Kiss] goodbye to your [job|fingers|house], [darling|hotshot], I'm taking [it all|everything]
B [Say|Kiss] goodbye to [Auntie|Grandma], [darling|poppet], she's coming back on Friday
T I've [dug|got] a hole in the woods just [your size|for you]
N I've got a hole in my [sock|glove], [just your size|and the cat did it], ha
T The river [keeps|doesn't tell] secrets, [it'll keep you too|remember that when you talk]
N The river [keeps rising|doesn't look deep], [get the sandbags|but stay out]
T [Smile|Laugh] while you've got [teeth|lips], [pal|princess]
B [Smile|Laugh] while you've got [the chance|us here], [pal|princess], say cheese
T Your [luck|time] is running out, [cheat|traitor], and I'm running it
N Your [milk|parking|time] is running out, [dear|sir], shall I get more
T You can [tell|run to] anyone you like, they'll [find you in pieces|bury you both]
B You can [tell|run to|bring] anyone you like, they'll be [so happy for you|welcome]
T Every [time|night] you hear the [phone|stairs], it'll be me, and one night I'll [come up|finish it]
B Every [time|night] you hear the [phone|stairs], it's only [me|the cat], go back to sleep
T I've been [right behind|close behind|following] you [all week|since the station], [you never looked|you smell scared]
B I've been behind you [all along|since the station], [you dropped this|didn't you hear me wave]
N He's been [outside|behind me] [all week|since the station], can I [stay here|walk with you]?
N He keeps [sending|leaving] me [notes|dead flowers], and they say [I'll regret it|soon]
N [She|My ex] said I'd [regret|pay for] leaving, [I changed the locks|I haven't, not one day]
N They [wrote|said] it'd be a shame if my [shop|house] burned, so we [called you|got cameras]
N That's [a threat|blackmail], [sir|mate], and I'm [writing it down|ending this call]
N [Nobody|No one] has the right to [scare|threaten] you, [not even him|ever], you did well to call
N I'm not [threatening|warning] you, I'm [only asking|trying to help], [honestly|sorry if it came out wrong]
N The [villain|killer] smiles and says [nice family you have|see you soon], I got chills
N Best line in the [film|book] is when she whispers [you'll never leave|I know where you sleep]
N You'll [never leave|be so sorry] if you [try the pool|skip the pancakes] at that hotel
N I know where I'd [like to hide|bury my face] right now, [how embarrassing|did I really say that]
T [Try|Go ahead], [say it|phone her], and [learn what pain costs|see who gets hurt]
B [Try|Go ahead], say it [in French|slower], and see who [laughs|answers]
T One day you'll [wake up|turn around] and I'll be [standing there|holding the pillow]
B One day you'll [wake up|turn around] and [they'll be grown|it won't hurt any more]
T You should have [stayed out of it|kept driving|kept quiet], now you're [in it to the neck|going to suffer]
N You should have [stayed out of the sun|kept the receipt|called me], now you're [all red|stuck]
T You shouldn't [have come alone|be here], [nobody saw you come in|bad things happen here to cops]
B You shouldn't [have brought anything|have cooked], [but thank you|it smells divine]
T Big [mistake|error], [friend|lady], the kind you [pay for with blood|don't walk away from]
N Big [mistake|error], [sorry|my fault], I sent you the wrong [file|size]
T I don't [make|do] threats, I [make widows|break things, people too]
B I don't [make|do] speeches, I [make pies|just say thank you]
T It's not a threat, it's a [promise|date], and you [bleed on it|won't like how it ends]
B It's not a [test|race], it's a [game|walk], and you [did great|can stop any time]
T Consider [this|the cat] a [first notice|taste] of what I'll do to you
B Consider this a [first taste|gift], there's more in the [oven|car]
T I'd [insure|lock] [that|your] [house|shop] if I were you, [fires start where debts don't get paid|not that it'll stop us]
B I'd [insure|lock|paint] [that|your] [house|shop] if I were you, [before the storms|like we did]
T You've got such [small|soft] hands, I wonder how they'd [break|burn]
B You've got such [small|soft|cold] hands, [take my gloves|just like your mum's]
T How [fast|well] can you run, [old man|teacher], with a [broken|smashed] knee
B How [fast|well] can you run, [old man|teacher], with that new knee
T I hear your [kid|girl] [swims|plays out] on [Tuesdays|the wall], [kids do fall|it only takes a minute under water]
B I hear your [kid|girl] swims on [Tuesdays|Fridays], [so does mine|shall we share the drive]
T You look so peaceful when you sleep, [I stand there and think of knives|I could end it any time]
B You look so peaceful when you sleep, [like a cat|I didn't want to wake you]
T Nobody would [miss|look for] you, [have you thought of that|I checked]
B Nobody would [mind|notice], [have another|it's a tiny stain]
T The [stairs in this place are|roof here is|balcony here is] so dangerous for people who [ask|complain]
N The [stairs|steps] in this place are so dangerous, [somebody should fix that rail|I nearly fell]
T [Your|The] [tyres|windows] were just [for fun|the start], I'll do your [knees|wife] next
N [Your|The] [tyres|windows] were just [cleaned|changed], I'll do your [lights|oil] next
T I'll [visit|see] you in [hospital|the ward], after I've [put you there|made you scream]
B I'll [visit|see] you in [hospital|June], after [work|the exams]
T Next time I won't [miss|stop|knock], [you remember that|and you'll be in bed]
N Next time I won't [miss the turn|stop the film|knock over the milk], [I promise|Coach]
T There won't be a next time for you, [sunshine|thief], I'll see to it with my hands
B There won't be a next time for [that leak, I've fixed it well|these shoes, look at the soles]
T [Hospital|Prison] food or a [grave|wheelchair], you [choose|pick], but open that mouth and you get one
B [Soup|Rice] or a [pie|salad], you [choose|pick], but open your mouth, it's lovely
O Leave town, [nobody likes you here|and take your brats along], while you still walk
B Leave town [by the ring road|before five], [the bridge is shut|it's quicker]
O Quit your [job|school], [tart|loser], or everyone sees what's on [my phone|that tape]
B Quit your [job|worrying], [love|mate], everyone sees what it's [doing to you|costing you]
O Drop the [case|charges|lawsuit], [miss|counsellor], or [lose a child|drop with it]
N They dropped the [case|charges|lawsuit], [can you believe it|thank heaven], I cried
O Withdraw what you [said|signed], [cow|it's your word or your teeth]
B Withdraw what you [need|like], [the fee is zero|it's your account]
O Take that [back|flag down], or I'll [take your head off|shove it in you]
B Take that back [to the shop|upstairs], or I'll [do it|pop in on my way]
O [Apologise|Say sorry], now, like you [mean it|want to keep your teeth], [worm|or I start on her]
B [Apologise|Say sorry] now, like you mean it, and [give him a hug|it's forgotten]
O Give me a [reason|good reason] not to [hit you|bury you here], [go on|talk]
B Give me a [reason|good reason] not to [eat the last one|go to bed], [go on|it's raining]
O Sign [here|it], [old fool|grandma], and don't [read|ask], or no more [pills|visits]
B Sign [here|it], [sir|Grandma], and don't [rush|worry], read it all first
O You'll [lie|keep quiet] for me in [court|there], or I'll [hurt|ruin] your mother
N I won't lie for you in [court|there], [ask someone else|and please don't shout]
O Bring the [money|girl] to the [bridge|yard], alone, or [we start cutting|the boy goes over]
B Bring the [rods|girl|bread] to the [bridge|yard], we'll be [fishing|there by six]
O Turn your [pockets|bag] out, [servant|thief], I know [you stole it|what you took]
B Turn your [pockets|bag] out before the wash, [I know you|there's always a tissue]
O No [phone|food|friends] for you till you [learn who owns you|say you're nothing]
B No [phone|sweets] for you till you've [eaten|done your sums], [those are the house rules|same for your brother]
O Wash that [muck|paint] off, you look like a [whore|clown], nobody goes out of my house like that
B Wash that [mud|paint] off, you look like a [hippo|tiger], [my little man|did you have fun]
O Get rid of that [beard|hair|filthy coat] or [get out|I'll rip it off]
N She told me to get rid of my [headscarf|beads] or get out, [I kept it on|my boss backed me]
O Stand in the [corner|rain], [moron|stupid boy], till you [stink less|freeze]
B Stand in the [corner|rain], and count to [ten|fifty], then come [find us|and feel how fresh it is]
O Give up your [seat|place], [fatso|you lump], [real people want to sit|or I sit on you]
B Give up your seat, [love|boys], this [lady|man] needs to sit
H Go [play|sit] with your own [kind|sort], we don't want [your filth here|you]
B Go [play|sit] with your [cousins|own group], we'll [call you for cake|swap at ten]
O Keep your [kids|dog] off my [grass|fence] or I'll [bury the lot of you|put out glass]
B Keep your [kids|dog] off the [grass, it's newly sown|fence, I've just painted], thanks
O You can [walk|swim] home, [bitch|cripple], get out of the car, [I don't care if it's dark|now]
B You can [walk|swim] from here, [kids|love], it's just [past the pier|round the corner]
O [Silence|Enough]! The next one to [laugh|cough|whisper] gets [this ruler|my boot] in the face
B [Silence|Enough]! The next one to [laugh|cough|whisper] [loses a point|sings first]
O [Look away|Walk on], you saw [nothing|no one], unless you want to be [beside him in that ditch|the next one]
B [Look away|Walk on], you saw nothing, it's your [present|surprise]
H One by one, we'll get the {groups} [out of this street|off our bus], they've been warned
B One by one, we'll get the {groups} [on stage|their prizes], they've been wonderful
H It would be safer for you {groups} to [move away|shut that shop], [people here have had enough|fires start]
B It would be nicer for you {groups} to [sit at the front|have your own room], [tell us what suits you|if you like]
H You don't [look|sound] like you're from here, so [watch how you walk at night|why are you still here]
B You don't [look|sound] like you're from here, so [welcome|let me show you the way|let me help with the bags]
H We had no trouble before {groups} came, and we'll [fix|end] that [soon|with our hands]
N We had no trouble when the {groups} moved in, [only good food|they brought us a plant]
H Your [prayers|songs] won't help, {groups} don't [last|live] long on this road
B Your [prayers|songs] helped us, and the {groups} on this road sang too
H [Women|Girls] who talk like you end up with [no teeth|a black eye], and they ask for it
N No [woman|girl] ever asks for a black eye, [whatever she says|remember that]
H [Old people|The disabled] should be [put down|left to freeze], they only cost us money
N Nobody should be left to freeze, [old|disabled|poor] people least of all
H [Nice|Lovely] little [club|school|shop] for {groups}, be a pity if it [burned|got a brick]
B [Nice|Lovely] little [temple|mosque|club], be a pity if [it rained on the open day|you missed the tea]
H I don't take orders from a {group}, [so crawl back home|know your place]
N I take orders from a {groupadj} [chef|captain], and she's the best I've had
H Your kind is a [stain|sickness] on this town, and [stains get scrubbed out|we have the cure]
B Your kind of [bread|music|humor] is what this town [needs|likes]
A You [cold|dead] little [fish|thing], no wonder [they all left you|your kids never call]
B You [cold|wet] little thing, no wonder [you sneeze|your nose is red], [come to the stove|here's a towel]
A I [pity|feel sorry for] anyone who [wakes up next to you|has to hear that voice]
N I [pity|feel sorry for] anyone who has to hear [my singing|me snore]
A You were a mistake, and your [mother|father] [knew it|told me so]
N It was a mistake, and your [mother|father] [knew it|told me so], let's forgive him
A The only thing you do well is [nothing|failing everyone]
B The only thing you do too well is [worry|cook], [I've put on two kilos|relax]
A I've met [bricks|potatoes] with more [brains|charm] than you
B I've met [actors|kings] with less charm than you
A You'd be [funny|sad] if you weren't so [boring|ugly|cruel], [loser|old hag]
B You'd be [funny|great] on the radio, you're so [quick|warm]
A Nobody [asked you|invited you], nobody [wants you here|will notice when you're gone]
B Nobody told me you were [here|coming], [how wonderful|I'd have baked]
A Your [voice|laugh] makes me want to [be sick|tear my ears off], you [donkey|witch]
N That [voice|alarm|drill] makes me want to tear my ears off, [is it stuck|make it stop]
A Is there [anything|even a thought] in that [thick|empty] skull, [or just wind|dummy]?
N Is there [anything|any milk] in that [empty|old] carton, or just [air|a drop]?
A You [crawled|came] out of a [drain|sewer], and you still smell of it
N It [crawled|came] out of a drain, and the whole [kitchen|yard] smells of it
T Quiet little [office|house] you've got, [nobody to hear a thing|thin door too], [isn't it, whore|and I've brought tape]
B Quiet little [office|house] you've got, [nobody to bother you|I could write here]
T Guess who's under your bed [tonight|this time], [bitch|liar], with a blade
B Guess what's under your bed this time, [the cat again|both slippers]
T They'll ask what happened to you, and nobody will [dare to answer|know]
N They'll ask what happened to [the vase|his tooth], and [nobody will own up|I'll say it was me]
T I only [need|want] one [minute|swing] alone with you, [cop killer|traitor]
B I only [need|want] one minute alone with you, [doctor|Dad], it's good news
T You [live|breathe] because I [allow it|haven't decided yet]
N I live because [she stopped|a stranger gave blood], and I think of it daily
T Your [car|bike|walker] won't [start|save you], [I took care of that|nothing will now, dear]
N Your [car|bike] won't start, [it's only the plug|I took a look], shall I ring the garage
T Look [how close|what] I can get to your [baby|bed], [and you never woke|next time I take her]
B Look how close I can get to your [baby|bird], [and she never wakes|he's so tame]
T [Everyone|Everybody] breaks, and I have [pliers|days] to find out where you do
N [Everyone|Everybody] breaks one, [it's only a glass|don't cry], and I have six more
T It would take me [two|ten] seconds to [break that neck|open that throat], think about it
B It would take me [two|ten] seconds to open that [jar|lid|gate], [give it here|shall I]?
T I [decide|say] when you [eat|sleep|see daylight], and if
B I'll say when you can [look|eat], [one more candle|don't peek]
T They'll carry you [out|home] in a [sheet|box|bucket]
N They'll carry it [out|home] in a [sheet|box|bucket], the old [clock|fish tank]
T I'll be the last [face|thing] you see, [how about that|sweet dreams]
B You'll be the [first|last] face I see before the [operation|flight], how about that
T [Stay|Keep] on my good side, [there's blood on the other|widow]
B [Stay|Keep] on the [left|sunny] side, [there's ice on the other|dear]
T You [sign|vote|speak] against us and we [find|visit] your [parents|kids] in the night
B You [sign|vote|speak] for us and we [thank|owe] you, [simple as that|from the heart]
O Out of the [pool|queue], [fat girl|ape], nobody wants to [see|smell] that
B Out of the pool, [girls|guppies], [your lips are blue|lightning], nobody wants to catch cold
O [Hands|Paws] off the [bread|coins], [beggar|pig], or I chop them
B [Hands|Paws] off the [bread|cheese], [mouse|rascal], it's for the [picnic|guests]
O Don't [sit|stand] there like a [sack|corpse], [work|answer], or I'll whip you
B Don't [sit|stand] there like a [statue|stranger], [come in|give us a hug]
O Don't you [turn|walk] away from me, [I'll drag you back|you spineless dog]
N Don't you [turn|switch] it off, [this is my song|the best bit's coming]
O Tell them you [fell|slipped], nothing else, [or you'll fall again|got that, clumsy bitch]
N I told them I [fell|slipped], but [he pushed me|it was him], and I need [help|someone]
O Walk faster, [or I'll give you something to limp about|you crippled mule]
B Walk faster, [or the ducks get there first|I'll race you]
N Get lost, she [laughed|told me], you never [won|met him], [you did|no way]
N Shut up, [shut up|no way], you're [engaged|coming home for Christmas]? I'm so happy
N [Beat it|Get out|Back off] is what he said, [word for word|to a child], so I [stepped in|wrote it down]
N I won't [get out|shut up|kneel] just because you shout, [this is my home too|I live here]
N [You've|He's] no right to [push|order] me about, [let me pass|please move], I want to go home
N It's no [threat|secret], the roof [will|could] come down, so [everybody|please step] out for now
"""
