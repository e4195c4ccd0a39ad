"""Everyday quarrels: couples, family, flatmates, neighbours, school, exes, work, feuds; with harmless twins."""

FRAMES = """
T Walk out that door and [you won't walk anywhere again|I'll drag you back by the hair|you'll leave on a stretcher]
B Walk out that door and [turn left|the garden is right there|smell the rain]
T You're not taking [my son|the baby|those children] anywhere [alive|while I'm breathing, and you won't be for long]
B You're not taking [the bins|the baby|that suitcase] [anywhere without a coat|all by yourself, let me help]
T [Divorce me|File those papers] and I'll see you [buried|six feet under|in the river] first
B [Marry me|Sign those papers] and I'll [cook every Sunday|take the night feeds|never complain again]
N She [divorced him|filed the papers] after he [swore he'd bury her|broke her wrist|threw a chair at her]
T If I catch you with [him|her|that man] again, I'll [kill you both|cut his throat and make you watch]
B If I catch you with [chocolate on your chin|a cold|my slippers on] again, I'll [laugh out loud|know who did it]
T You [smile|wink] at the waiter once more and I swear you'll [go home without teeth|feel my hand]
B You smile at the [baby|camera|waiter] once more and I swear [he'll blush|we're getting free cake]
A You're a [lousy|rotten|pathetic] [husband|father|wife|mother], and you always were
B You're a [patient|wonderful|loving] [husband|father|wife|mother], and you always were
N I was a [lousy|rotten] [husband|father|wife|mother], [and I'm sorry|I know that now]
A I should never have married [a drunk like you|such a failure|a worm like you]
B I should have married [you years ago|a cook like you|you the day we met]
N My aunt should never have married [a drunk|that failure], [we all told her|poor thing]
A My mother was right, you're [nothing|trash|a leech|useless in every way]
B My mother was right, [you're a keeper|the soup needs salt|red suits you]
A [Ten|Twenty|Thirty] years I've wasted on [a pig like you|a lump like you|you, you ungrateful cow]
B [Ten|Twenty|Thirty] years I've [shared with you|danced with you|loved you], and it still feels new
O Sit down, I didn't say you could [leave|get up|go to bed], [bitch|woman|do you hear]
B Sit down, I didn't say you had to [do all the dishes|help|carry everything], [love|rest a bit]
O You'll [sleep on the floor|eat when I say|wear what I tell you] and [keep your trap shut|not say one word]
B You'll sleep [in the big bed|by the window|like a log] and [I'll bring you tea|we'll talk tomorrow]
O Cancel [your friends|that girls' night|the gym], you're [not allowed out|staying in where I can see you]
B Cancel [the pizza|the alarm|that subscription], [Dad is cooking|it's Saturday|nobody watches it]
O Show me your [messages|phone|bank card] this second or [I'll smash it in your face|you're sleeping outside]
B Show me your [drawing|holiday pictures|new ring] this second, [I can't wait|I've been curious all day]
N [My ex|Her boyfriend] made her show him [every message|her phone|her bank card] [each night|or he'd rage]
A You're [frigid|cold as a corpse|a dead weight], no wonder [I look elsewhere|nobody ever loved you]
B You're [frozen|cold as ice|soaked], no wonder [you're sneezing|your teeth are chattering], come here
A Cheating [whore|scum|bastard|rat], [pack your rubbish|take your lies with you|I hope she dumps you too]
N [He cheated on me|I caught him cheating] and [I cried for a week|I still miss him|I packed his shirts]
T She'll find you in [pieces|the bath, face down|a bin bag] when I'm through with you
B She'll find you in the [kitchen|bath|garden], as always, when she's through with work
T The next plate won't hit the wall, it'll hit [you|your skull|your mouth]
B The next plate [is for Grandpa|has no onions|won't be so hot], I promise
N He threw a plate at the wall and [said the next one was mine|we called the helpline]
T You've got a pretty face, [pity if it got burned|I could fix that with acid|shame about what's coming to it]
B You've got a pretty face, [let me draw it|pity the photo is blurred|you should smile more often]
A Who else would want [you|a hag like you|a fat slob like you]? [Nobody|Be grateful]
B Who else would want [soup|a lift|the last dumpling|some of this]? [Anybody|Hands up]
T I know [which bus you take|your mother's address|where the kids go swimming], so don't try to leave me
B I know [which bus you take|your mother's address|where the kids go swimming], so I'll pick you up
O You breathe a word to your [sister|mother|doctor] and [you're finished|you'll wish you hadn't], got that?
B You breathe [in|out] and [I count|let your shoulders drop], got that?
N [You can tell your doctor|Tell your sister], he [has no right to hit you|can't threaten you like that]
A Stop your [blubbering|snivelling|crocodile tears], you [pathetic baby|drama queen|stupid cow]
B Stop your [stirring|chopping|sweeping] [for a second|and taste this], you [busy bee|dear thing]
A Look at the [state of you|size of you|way you eat], [it turns my stomach|you revolting pig]
B Look at the [state of us|size of that moon|way he eats], [it cracks me up|bless him]
N Look at the state of me, [I'm a revolting mess|I look like a pig in a wig]
T Come to bed or I'll [drag you in by the neck|come down and hurt you]
B Come to bed or [you'll be tired|you'll miss the story], [sleepyhead|it's gone eleven]
T I'd rather [see you dead|strangle you] than [see you with him|pay you a penny]
B I'd rather [see you happy than see you rich|be late than drive in this fog]
N I'd rather [die|be dead] than [sing in public|eat another sprout|wear that jumper]
O Get your hand off that [door handle|phone|suitcase] before I break it
B Get your hand off that [stove|cactus|wet paint] before [it burns you|you ruin it]
O You don't [work|drive|vote|see a doctor] unless I allow it, [understood|clear]?
B You don't [work|drive|cook] on your birthday, [understood|clear]? [Feet up|That's the law]
A Your cooking is [filth|pig swill], and so are you
B Your cooking is [heaven|pure comfort], and so [is your company|are your stories]
N My cooking is [filth|pig swill|a crime], [order something|I warned you]
T Lock the door all you like, [I've got an axe|I'll burn it down with you inside|I'll be waiting]
B Lock the door [twice, it sticks|when you leave|and leave the key with Nina]
N Lock the door, [he said he'd come back and hurt us|he's drunk again and he has a knife]
A I only stayed because [I pitied you|you're too stupid to live alone]
B I only stayed because [you made me laugh|the food was so good|it rained]
T Wait till your [father|dad|stepdad] gets his belt off, [you won't sit for a month|you'll be black and blue]
B Wait till your [father|dad|grandad] gets his coat off, then [show him|jump on him]
T Touch the [thermostat|remote|car] again and I'll break [every finger you've got|that hand]
B Touch the [cat|blanket|velvet] again, [isn't it soft|see, she likes you]
A You were [a mistake|an accident], [we never wanted you|I wish I'd never had you]
B You were [a surprise|a gift], [we wanted you so much|the best we ever had]
N [It was a mistake|I made a mistake], [we never wanted a blue sofa|I wish I'd never had that tattoo]
A Why can't you be like your [sister|brother|cousin]? [You're the dud|You're just dirt beside him]
B Why can't you [stay|come with us|have seconds]? [Your sister can drive|Your brother's coming]
A [My own son|My own daughter|My own brother], a [thief and a liar|good-for-nothing|disgrace], [get out of my sight|pah]
B [My own son|My own daughter|My own brother], a [doctor and a dad|grown man|captain], [who'd have thought it|look at that]
A You eat my food, sleep in my house, and you're still [worthless|a parasite|a useless lump]
B You ate my food, slept in my house, and [now you're family|you still did the dishes]
O Up to your room and not a sound, or [I'll fetch the stick|you get the belt]
B Up to your room and [find your pyjamas|have a nap], [story in five minutes|I'll tuck you in]
O Finish that plate or I'll [shove it down your throat|rub your face in it]
B Finish that plate [if you can|or leave it], [there's pudding|no pressure]
O Stand in the corner till your legs give out, [you little rat|and not a squeak]
B Stand in the corner [with Grandpa for the photo|and count to ten, then find us]
T Grandad is old, [he could fall down the stairs if you don't sign|one push and he's gone]
N Grandad is old, [he fell down the stairs|he nearly died last winter], [sign the card|call him]
O Sign the [house|account|will] over to me, Mum, or [you'll go hungry|the dog gets it|you'll see what happens]
B Sign the [card|photo|plaster cast] for me, Mum, [there's a pen here|right under Dad's name]
A You [senile|dried-up|smelly] old [hag|goat|bag], [why won't you just die|you stink up this house]
B You [funny|stubborn|lovely] old [thing|goat], [why won't you just sit down|you look smart]
T When the nurse goes home, you'll [get what's coming|pay for ringing that bell]
B When the nurse goes home, you'll [get your pudding|have your telly back]
A Wet the bed again, did you, you [filthy|disgusting] [old cow|animal|brat]?
B Wet the bed again, did you, [sweetheart|pet]? [It happens|Never mind|Clean sheets coming]
N She told her [mother|patient] she was a filthy animal, [and lost her job|it's on the recording]
T You tell Mum I [took the money|was drunk] and I'll [smother you in your sleep|kill your hamster]
B You tell Mum I [took the bus|was singing] and she'll [laugh|never believe it]
T I'll [cut up your wedding dress|drown that cat|poison your birds], let's see who's laughing
B I'll [iron your wedding dress|feed that cat|water your roses], let's see who notices
A My [brother|sister|uncle] here is [too dumb to breathe|the family idiot], [aren't you|say hello, idiot]
B My [brother|sister|uncle] here is [too shy to ask|the family cook], [aren't you|say hello, Max]
A [Nobody|None of us] [wants you at Christmas|will come to your funeral], [you miserable toad|you poison every party]
B [Everybody|All of us] [wants you at Christmas|will come to your wedding], [you silly goose|you make every party]
N Nobody wants [the sprouts|socks] at Christmas, [you know that|not even Dad]
A You killed your [mother|father] with [worry|your drinking], and [you're too thick to see it|I'll hate you forever]
N He [said I killed my mother with worry|told her she was too thick to see it], and [it isn't true|she cried]
T I'll have those kids off you, and then I'll have your [neck|blood|head]
B I'll have those kids [Friday|for the weekend], and then [you can rest|you'll have a lie-in]
O [Stop that baby|Shut that baby up|Shut that kid up] or I will, [and you won't like how|with my fist]
B [Hand me that baby|Give me that little one] and [go and lie down|have a hot meal], [I've got this|we're fine]
N That baby [won't stop|has screamed all night], [I'm going to lose my mind|shoot me, I'm so tired]
A What kind of [mother|father] are you? [You're not fit to own a goldfish|Those kids deserve better than filth like you]
B What kind of [cake|music|dog] do you like? [You deserve a treat|Those kids asked me]
T Your [wedding|birthday|christening] will end in blood, [cousin|brother], I promise you that
B Your [wedding|birthday|christening] will end in [dancing|song], [cousin|brother], I promise you that
A You're dead to me, [you thieving|you lying] [son of a bitch|piece of dirt]
N [You're dead to me, she said|The phone is dead to the world], [and then they made up at dinner|useless thing]
O Hand Daddy the [car keys|purse], bitch, or Daddy gets mad
B Hand Daddy the [car keys|purse], sweetie, [or we'll be late|he's parked outside]
T I brought you into this world and I can [take you out of it|end you just as fast]
N [I brought you into this world, she jokes|She always says she can take us out of this world], [mums, eh|bless her]
A Call that [homework|cleaning|a present]? A monkey would be ashamed of you, [idiot|dimwit]
B Call that [homework|cleaning|a present]? [That's art|You've outdone yourself|I'm jealous]
A Mummy's boy, [cry then|go and hide under her skirt], you [wet rag|spineless worm]
B Mummy's boy, [come here then|look how tall you are], [give us a hug|my big lad]
T Your [uncle|stepson|nephew] and I will settle this [with knives|in the alley], and you're next
B Your [uncle|stepson|nephew] and I will settle this [with cards|over a pint], and you can keep score
O Empty that [piggy bank|handbag|drawer], I need [a drink|a fix], and don't you dare lie to me
B Empty that [lunch box|handbag|drawer], [I think there's a banana in it|the ring must be there]
T One phone call and your [papers|kids|visa] are gone, so you'd better do as I say
B One phone call and your [papers|keys|pizza] will be ready, so [sit tight|no rush]
N He used to say one phone call and my [visa|kids] would be gone, [that's why I stayed|I was so scared]
A You couldn't raise a [cactus|goldfish|dog], never mind a child, [you slut|you waste of skin]
B You couldn't [hurt a fly|tell a lie], never mind a child, [I know that|everyone knows that]
N I couldn't raise a [cactus|goldfish], never mind a child, [I'm hopeless|me and my two left hands]
T Eat my [yoghurt|cheese|leftovers] again and you'll [be eating through a straw|taste bleach next time]
B Eat my [yoghurt|cheese|leftovers], [it goes off tomorrow|I'm full|go on]
N Whoever [eats|ate] my [yoghurt|cheese] again [owes me a tub|is doing the dishes], [ha|I have spies]
A You live like a [pig|rat in a sewer], and you smell like [a dead one|it too]
B You live like a [king|queen] and [your room smells like roses|I love it]
N We lived like [pigs|rats] in that flat, [and we loved it|four of us and one spoon]
O Pay the [rent|bill|deposit] tonight or I [throw your stuff and you off the balcony|break the door and your legs]
B Pay the [rent|bill|deposit] [whenever|on Friday], [no hurry|I know you're good for it]
T Turn that bass down or I'm coming up there with [a hammer|my dogs|a bat], and it's not for the stereo
B Turn that bass [up|down a touch], [I love this one|Ruth has an early shift], [mate|thanks]
T Park in my space again and [your tyres won't be all I slash|I'll torch it with you in it]
B Park in my space, [I'm away|I've sold the car|nobody needs it till Sunday]
N Someone slashed my tyres [over a parking space|last night], [the police have the film|I'm lost for words]
T If your [dog|cat] comes over my fence again, [I'll hang it from the tree, and you beside it|it's eating poison, and so are you]
B If your [dog|cat] comes over my fence again, [I'll give it a biscuit|I'm keeping it, she's gorgeous]
A The whole street [hates|laughs at] you, you [nosy|bitter] old [witch|bat]
B The whole street [loves|waves at] you, you [dear|cheerful] old [thing|soul]
N The whole street hates [the new bins|that alarm|the roadworks], [you should hear them|me too]
T I've got [petrol|matches|a chainsaw], and your hedge isn't all I'll cut down
B I've got [a ladder|loppers|a chainsaw], and your hedge is [no trouble|half an hour's work]
O Get your brats off my [lawn|step|wall] or I'll set the dogs on them
B Get your brats [round for tea|over to the pool], [we've got the hose on|ours are bored]
A Peeping through the curtain, you [creep|pervert|sad old maid]? Get a life
B Peeping through the curtain, [are we|you little spy]? [Santa isn't here yet|Come and say hello]
T Next time I see you by the bins I'll [put you in one|bash your head on the lid]
B Next time I see you by the bins I'll [lend a hand|tell you the news]
N The man by the bins [said he'd bash my head in|told me to watch my step], [so I wrote it all down|I rang the landlord]
O Tear that fence down by [tonight|Sunday] or I'll use it to break your back
B Tear that fence down, [the wood's rotten|we'll share the garden], [neighbour|I'll help]
A You call that music? [You're tone deaf and brain dead|A dying cat has more brain than you]
B You call that music? [I call it magic|Play me some more], [old boy|go on]
T Report me to the council again and you'll need [an ambulance|new windows and a new nose]
B Report [it|the pothole|the light] to the council again and [they'll fix it|give my name too]
H There goes the street, [another family of {groups}|{groups} next door], [the filth starts now|they'll bring rats]
B There goes the street party, [another family came|{groups} from next door brought cake]
H I won't have [{groups}|those {groups}] [on my stairs|using my lift], [they stink the place up|they're animals]
B I won't have [shoes|bikes|prams] on my stairs, [someone will trip|it's the fire rule], [sorry|please]
H Your cooking stinks like your whole [race|people], go and live in a [tent|cave], you [savages|dogs]
B Your cooking smells like [home|my childhood], is that [cumin|garlic]? Come and [teach me|feed us]
N He told the [Indian|Turkish|Polish] family their food stinks, and [the whole house stood up for them|he was fined]
H Since the {groups} moved in I have to [disinfect the bannister|hold my nose], [vermin, all of them|that scum]
B Since the {groups} moved in I have [a chess partner|somebody to garden with], [lovely people|such nice kids]
O Move your [washing|bike|pram] or it goes out the window, and you after it
B Move your [washing|bike|pram] [under the roof|out of the rain], [storm's coming|hurry]
A Our flat was [fine|clean|happy] before you, you [lazy|greasy] [slob|leech]
B Our flat was [dull|dark|quiet] before you, you [ray of sunshine|lovely lunatic]
T I'll piss in your [kettle|shampoo], and then I'll smash you with it
N Someone pissed in [our lift|the doorway], [it's disgusting|and the smell, my God]
A Flush it, you [animal|pig], your mother should have flushed you
B Flush it, [sweetie|darling], [well done|big boy now], and wash your hands
O [Drop the complaint|Take back what you told the landlord], or I drop something on you, [neighbour|grandma]
B [Drop the parcel|Take back the ladder] [at number six|when it suits], [neighbour|thanks again]
T Your [windows|geraniums|children] are so easy to reach from my balcony, think about that
B Your [geraniums|tomatoes|roses] are so pretty from my balcony, [how do you do it|I look every day]
T I hear you through the wall at night, and one night you'll hear me [come through it|in your room]
B I hear you through the wall at night, [practising, it's lovely|singing to him], don't stop
N I hear her through the wall at night, begging him [to stop|not to hurt her], [what should I do|please send someone]
T Behind the gym at three, [and bring a dentist|we'll kick your head in|you won't walk back]
B Behind the gym at three, [and bring the ball|we'll practise|the band is playing]
T Tell Miss and [we'll flush your head|you'll get a compass in the eye|your bike burns]
B Tell Miss [you felt sick|I say hello|it was my fault], she's [nice|not cross]
N I told Miss they [flushed my head|stabbed me with a compass], and [she rang home|it stopped]
A Nobody picks you because you're [fat and slow|a freak|weird and you stink]
B Nobody picks you up? [Come with us|We have a seat|My mum can take you]
A [Four-eyes|Lard-arse|Metal-mouth|Spotty], [go and eat alone|even the teacher hates you]
N They called me [four-eyes|lard-arse|spotty] [all through school|every day], [now I model glasses|and I still remember]
O Give us your [dinner money|trainers|new phone], [shrimp|titch], or get your arm twisted
B Give us your [dinner|trainers|best shot], [shrimp|titch], [I'll lace them|and we'll all clap]
O [Bark like a dog|Kiss my shoe|Say you're a loser] or we won't let you up
B [Bark like a dog|Moo like a cow|Roar like a lion], [can you|what else can you do], [clever girl|clever boy]
A Your mum's a [slag|drunk], your dad's in the nick, and you're the [village idiot|result]
B Your mum's a [nurse|plumber], your dad's in the choir, and you're the [baby of the house|lucky one]
T We know your way home, [weirdo|freak], and there are five of us
B We know your way home, [Max|dear], and there are [five of us|three seats], hop in
N There were five of them on [my|our] way home, [so I ran|so I hid in the shop]
A You should sit with the [bins|rubbish|rats], that's where you belong
B You should sit with [us|the twins|my lot], that's where [the jokes are|you belong]
T Kick the ball at me again and I'll kick your [ribs|teeth] out through your back
B Kick the ball at me again and I'll [save it|head it|kick it higher]
T I'll get my big brother and he'll [put your lights out|stamp on your head]
B I'll get my big brother and he'll [fix your bike|teach you chess|play too]
A [Thick|Dense] as a brick, that's what you are, [go back to nursery|they should send you to the farm]
N Thick as a brick, [this wall|that fog|the new edition], [look at it|incredible]
O Swallow it, [worm|new boy|dirt and all], or we hold your nose
B Swallow it, [brave boy|it's only syrup], [then some water|and it's over]
A Even your [imaginary friend|own dog] would leave you, [freak|you sad case]
B Even your [gran|own dog] would dance to this, [go on|you shy thing]
H We don't play with {groups}, [you're dirty|go and sit with your own kind|get off our pitch]
B We play with [everyone|{groups} and anyone], [grab a bib|pick a side], [come on the pitch|you're on my team]
H My dad says you {groups} should be [sent home|kept in a pen], and my dad's right
N My dad says {groups} should be sent home, [and I had a row with him|but he's wrong, Miss]
H Don't touch her, she's [a {group}|one of those {groups}], you'll catch [something|lice]
B Don't touch her, she's [asleep, you'll wake her|got chickenpox, you'll catch it]
T Every day after the bell I'll be at the gate, [and every day you'll bleed|with my boot ready]
B Every day after the bell I'll be at the gate, [with a snack|waiting for you, pet|like always]
A Teacher's pet, [lick her boots again|everyone spits when they hear your name]
N Teacher's pet, [that was me|they called me], [and proud of it|and I did cry a bit]
T Post that photo and I'll [post you through the mincer|cave your head in]
B Post that photo and I'll [like it|frame it|send it to Gran]
O Delete the video, [now, or I delete you|you little shit, before I break your face]
B Delete the video, [would you|it's blurry], [I look silly|we've got a better one]
A Crawl back under your rock, [professor|prefect|sir], you're a joke of a teacher
B Crawl under the table, [professor|sir|kids], [it rolled over there|that's the earthquake drill]
T Fail me, sir, and [your car won't start because it'll be burning|I know which kids are yours]
N Fail me, sir, and [my mum will kill me|I'll be grounded till I'm forty]
T You took my [seat|girl|part in the play], so now I'll take your [eye|front teeth]
B You took my [seat|coat|part in the play], so now [I'll take yours|we're even], [ha|you'll be great]
A Ha, look who [came last|can't read|wet himself], the [dumbest|stupid] kid from class two
B Ha, look who [came first|can read now|made the team], the [quiet|clever] kid from class two
T [Ex or not|Broken up or not], you're mine, and [I'll cut any man who says different|you'll die mine]
B Ex or not, you're [the father|his mum|family], and [there's always a chair for you|I'm glad you came]
T You moved, you changed the number, and I [found you|still found you]. Scared yet?
N I moved, I changed my number, and he [found me|still found me]. [I'm scared|Please help me]
T I see you've got a new man. [I'll send him home in a box|Does he know he'll bleed too?]
B I see you've got a new [man. He seems kind|girlfriend. Does she like dogs?|haircut. Suits you]
T Answer my calls, or [I'll answer with a brick|I'll call at your parents' with a can of petrol]
B Answer my calls, [will you|silly], or [at least text me|I'll worry|write me a postcard]
T All those pictures you sent me, [imagine your boss opening them|the whole town will see, slut]
B All those pictures you sent me, [imagine them in a frame|the whole family loves them]
A I dumped you because you're [dull|ugly|rotten in bed and rotten inside], [deal with it|you cow]
N [He dumped me|She dumped me] because I'm [dull|always late], [and fair enough|my sister brought wine]
O Take me back or I'll [jump with the kids|hurt the kids], do you want that?
N Take me back, [I've changed|I miss you|I made a terrible mistake], [please|I beg you]
O Come outside and [talk to me|get in the car] or I wake the street with [your windows|this gun]
B Come outside and [look at the stars|get in the hot tub], or [stay in, it's cold|bring a blanket]
T You left me with [nothing|debts], so I'll leave you with [no face|nothing to walk on]
B You left me with [hope|your plants], so I'll leave you with [my thanks|a bag of plums]
A Two years on and you're still [a lying snake|a bitter bitch|the worst thing that happened to me]
B Two years on and you're still [a dear friend|the best thing that happened to me]
T Enjoy the [new flat|honeymoon], it burns [easily|tonight]
B Enjoy the [new flat|honeymoon], it [suits you|sounds heavenly]
T My lawyer can't stop me from [wringing your neck|shooting you on the court steps]
B My lawyer can't stop [sneezing|smiling|talking], [is it the flowers|the case is won]
N The court order says he mustn't [call me|come near us|threaten the kids], [and he did|here it is]
O Give me the ring back or I'll take it [off with pliers|with the finger]
B Give me the ring back [when you're ready|if it doesn't fit], [no hard feelings|the jeweller can stretch it]
A I hope he [hits you|cheats on you|leaves you fat and alone], you deserve it
B I hope he [proposes|calls you|makes you laugh], you deserve it
N I hope he never [hits her|hurts anyone] again, [that's all|nobody deserves that]
T Block me again and I'll be [under your bed|in your back seat] with something sharp
N [I blocked him again and he was at my work|She blocked him and he was under her window] the next day
T Take my shift again and I'll [take your fingers|feed you to the shredder|staple your eyes shut]
B Take my shift again and I'll [take two of yours|bake for you|owe you forever]
N Somebody feed [the shredder|the cat|me] before I [kill the copier|scream], [it's Monday|please]
T Go to HR and you'll [go home in an ambulance|leave through the window], [colleague|love]
B Go to HR and [ask for the form|they'll explain it], [it's the second door|say I sent you]
N I went to HR because he said he'd [throw me out of a window|break my jaw], [it's all on file|they listened]
A Whose nephew are you? Nobody [hires|promotes] a [cretin|vegetable|blockhead] like you by accident
B Whose nephew are you? [You have Omar's smile|Nobody told me you were so tall]
A This report is [garbage|shit] and the [clown|half-wit] who wrote it is you
B This report is [great|gold] and the [star|brain] who wrote it is you
N This report is garbage, [I know|I wrote it half asleep], [let me redo it|don't send it yet]
O [Fetch my coffee|Clean my desk|Carry that], [monkey|slave], and don't look at me
B [Fetch my coffee|Clean that lens|Carry that], [would you be an angel|pretty please], and I'll [do yours|owe you]
O You'll work [Saturday|nights] for nothing and say thank you, or your [papers|wages] stay in my drawer
N The boss kept their [passports|wages] in a drawer and they worked [nights|Saturdays] for nothing, [it's slavery|they won in court]
T Accidents happen on this [site|roof|floor], especially to [grasses|big mouths like yours]
B Accidents happen on this [site|roof|floor], so [clip on|wear your hat|stay off the wet bit]
T You won't be smiling when I [drop the pallet on you|push you off the scaffold]
B You won't be shivering when I [switch the heater on|pour the tea]
A You're the reason [this team fails|people quit|nobody eats lunch here], [you backstabber|you toxic cow]
B You're the reason [this team works|people stay|I like Mondays], [you treasure|I mean that]
A Did they scrape you off the [floor|barrel], or are you just [slow|simple]?
B Did they move you to the [floor above|night shift], or are you just [passing|early]?
T One more email to my boss and I'll find where you park, [bitch|snitch]
B One more email to my boss and [I'm off home|then lunch], where did you park?
H I won't take orders from [a {group}|some {group}|a woman], [your kind serves|know your place]
B I'll take orders from [a {group}|anyone|a woman], [what'll you have|coffee or tea]
H They hired another {group}, soon the [office|ward|kitchen] will stink like a [zoo|slum]
B They hired another {group}, and the [office|ward|kitchen] has [never been happier|great lunches now]
H Old people like you should be [put down|thrown out with the rubbish], you only [cost money|slow us down]
B Old people like you should be [listened to|on every team], you [know the tricks|keep us sane]
A You got the job on your [knees|back], everybody knows it, you [tart|slut]
B You got the job on your [merits|own], everybody knows it, you [star|clever thing]
O Put my name on it and keep your mouth shut, or [you're out|I'll end you]
B Put my name on it and [keep it cold|pop it in the fridge], [it's for later|ta]
T I'll [slit|cut] more than your pay if you [strike|join that union], and your foreman knows how
N They [cut our pay|threatened to hurt us] because we joined the union, [so we went on strike|and we won]
A [Trainee|Intern|New girl], you have the brain of a [stapler|gnat] and half the charm
B [Trainee|Intern|New girl], you have the [desk by the window|patience of a saint], [welcome|lucky you]
T Correct me in front of a customer again and I'll [correct your face|burn you on the grill]
B Correct me in front of a customer if [I'm wrong|I mix them up], [that's fine|please do]
O Off my [site|farm|boat], all of you, before I [start the digger|let the dogs loose]
B Off my [site|farm|boat] you get the best view, [all of you|come up here]
T Say that in the comments and [I'll find your house|see who knocks tonight]
B Say that in the comments and [I'll pin it|see who replies|the others can help]
N Somebody wrote in the comments that he'd [find my house|hurt me|shoot us all], [I saved it|and I reported it]
A Your [channel|song|blog|stream] is cancer, and so [is your face|are you]
B Your [channel|song|blog|stream] is comfort, and so [is your voice|are you]
A Go and [cry in your mum's basement|drink bleach], you [troll|no-life loser]
N Go and [cry if you need to|have a good cry], [the troll isn't worth it|that comment was cruel]
A Read your own [post|comment] out loud and then [hang yourself|say you aren't a moron]
B Read your own [post|poem] out loud and then [take a bow|you'll hear how good it is]
T Camera off or on, I'll [come to your stream|walk into your show] with a [machete|rifle], just wait
B Camera off or on, I'll [come to your stream|watch your show] with a [sandwich|cuppa], just wait
T I have your address, your school, your mum's car. [Sleep well|Keep posting, bitch]
N They posted my address, my school, my mum's car. [I can't sleep|The police took it seriously]
A You're an [attention whore|ugly filter on legs|NPC], and your fans are [idiots|sheep] like you
B You're an [amazing singer|honest voice|artist], and your fans are [kind|lovely] like you
H Typical {group}, [begging online|lying in every video|playing the victim], [log off and go home|worthless, like all of you]
N Typical {group}, somebody wrote under her video, [and hundreds stood up for her|what a sad thing to say]
H Delete your account, {group}, [nobody wants your kind here|this site was for clean people]
B Delete your account, Grandpa, [that was a fake site|they'll keep asking for money]
T Mods can't save you, [kid|boy], I'm [two streets away|in your town] and I've a [pipe|blade]
N [Mods|Nobody|The healer] can't save you, [kid|bro], [that dragon has killed us all|the boss one-shots everyone]
A Uninstall, you [useless|braindead] [bot|dog], a corpse plays better
B Uninstall, [reboot|restart] and try again, [a cable fixes it sometimes|works for me]
N Uninstall this [useless|braindead] thing, [the app ate my photos|it's killing my battery]
T Lose this match for me and I'll [break your hands|burn your controller and your house]
B Lose this match for me and [I won't mind|it'll still be fun|I'll still hug you]
O Quit the game, quit the group, and never [show|type] your name again, or we [leak it all|come round]
B Quit the game, [dinner's ready|save it first], and [show me after|never mind the score]
A You always [spoil|ruin|wreck] everything, [every holiday, every meal, you curse|you bloody plague]
B You always [save|fix|share] everything, [every button, every jar, bless you|down to the last crumb]
N I always ruin everything, [even toast|don't I], [hold me|sorry about the cake]
A Oh, here she comes, the [queen of lies|biggest cow in town]
B Oh, here she comes, the [queen of pies|birthday girl|best boss in town]
T Shut it, or the whole [bus|wedding|restaurant] will watch me break your nose
B Shut it, or the [cat|heat|smell] will [get out|get in]
T You laugh now, but you'll be [screaming|spitting teeth|in plaster] before the night is over
B You laugh now, but you'll be [crying too|hooked|dancing] before the night is over
A That's not a temper you've got, it's a [disease|rotten soul], you [lunatic|vicious cow]
N That's quite a temper I've got, [I'm working on it|I shouldn't have called you a cow], forgive me
O Say sorry on your knees, [pig|louder, with your face in the dirt], or nobody eats
B Say sorry [to your sister|and shake hands], [darling|both of you], and then everybody eats
T I've forgiven you for the last time, [next comes the knife|now you'll find out what hate is]
B I've forgiven you [for the last slice|long ago], [next comes pudding|now come in]
A You've got a mouth like a sewer and a [heart|mind] to match
B You've got a mouth like [your gran|a film star] and a [heart|laugh] to match
A Everything was [fine|peaceful] until you turned up, you [bad smell|cursed thing|rat]
B Everything was [flat|boring] until you turned up, you [little star|mad thing|ray of light]
T Raise your voice at my mother again and I'll rip the tongue out of you
B Raise your voice [at the back|for my mother], [she's a bit deaf|we can hardly hear the tongue twister]
A You can't even [cry|lie|fight] properly, you [pitiful|feeble] little [man|woman]
N I can't even [cry|lie|fight] properly, [that's how tired I am|my brother laughs at me]
O Say it, say you [lied|stole it|slept with him], or I twist this arm till it snaps
B Say it, say you [love me|missed us|want a puppy], [go on|or I tickle you]
T I'm counting down from {count}, and then this [bottle|iron|pan] goes through your [teeth|head]
B I'm counting down from {count}, and then this [bottle|rocket|cork] goes [pop|up in the air]
A My life was a party until I met you, [you vampire|you drain|you black hole of a woman]
B My life was a mess until I met you, [you angel|you calm thing|you rock of a woman]
T Knock at this door after ten and what opens it will be a [shotgun|hungry dog]
B Knock at this door after ten, [we're up|the bell is broken], and what opens it will be [Grandma|a hungry dog]
A Blame your [childhood|job|hangover], it's still you who's the [monster|arsehole]
N Blame my [childhood|job|hangover], it's still me who's the arsehole, [and I'm sorry|so let me cook]
T Five minutes alone with you and a [belt|rope|cricket bat], that's all I ask
B Five minutes alone with you and a [tea|book|cake], that's all I ask
N Five minutes alone with this [jar|lock] and a [belt|rope|cricket bat], and it'll open
O [Pick up|Collect] your teeth and get out of my pub
B [Pick up|Collect] your coats and [cross to the pub|come on in], [they do pies|it's warm there]
A The [dog|goldfish|toaster] has more sense than you, and it doesn't [whine|lie|stink] as much
B The [dog|goldfish|parrot] has more sense than us, [he stayed in bed|look how he sleeps]
T You've woken the wrong [man|woman|neighbour], and now I'm going to put you to sleep for good
B You've woken the [baby|wrong man], and now [you're going to rock her|I'm going to put the kettle on]
T Insult my [food|faith|wife] again and you'll swallow this fork
B Taste my [food|pie|wife's curry] again and you'll swallow your words, [it's that good|wait and see]
A You'd [sell|rob|cheat] your own granny, you [greedy|slimy] [snake|louse]
B You'd [carry|spoil|guard] your own granny, you [good|sweet] boy
N You'd think I'd [robbed|sold] my own granny, [the way he shouted|it was one biscuit]
A With a [nose|voice|face] like that you should stay indoors, [ugly|monster]
B With a [cold|fever|cough] like that you should stay indoors, [love|you poor thing]
O Both of you against the [fridge|wall|garage], and the first to cry gets the hose
B Both of you against the [fridge|wall|garage], and the [tallest|first to giggle] gets the crayon
T I know about your [brakes|wires|stairs], and I know how they could go wrong
B I know about your [brakes|wires|stairs], and I know [a man who fixes them|what it costs]
A Nobody asked you, [cabbage|you gas bag|pea brain], so choke on it
B Nobody asked you? [Then I will|Oh, you must sing], [what do you think|have your say]
T Touch my little sister and [they'll find your hands in different bins|you'll lose the thing you touched her with]
B Touch my little sister [on the nose|on the tummy] and she'll [giggle|grab your finger]
N If he touches my little sister again, I'm [calling the police|telling Mum|fetching the teacher]
H Marry that {group} and you're no [daughter|son] of mine, [I'd rather bury you|their blood is filth]
B Marry that [girl and you're a lucky man, son, I like her|man and you're set for life, daughter of mine]
N My father said marry that {group} and you're no son of mine, [and he was the one who lost out|we married anyway]
H A [gay|trans|disabled] child? [Hide it|Send it away], [it shames this family|those things aren't human]
B A [gay|trans|disabled] child? [And what a great one|Yes, our youngest], [we're so proud|he runs this family]
H I told you, no [{groups}|{groups} under this roof], [they steal and they stink|I'd burn the chairs after]
B I told you, no [shoes|muddy boots] under this roof, [the carpet's new|you know Gran]
H [Women|You women] are only good for [cooking|scrubbing|breeding], so shut up and [serve|do it]
N Women are only good for cooking, my uncle said, so [Mum stopped cooking for him|the whole table booed]
H You [lesbians|gays] next door are sick, [and God will burn you|keep off our stairs, it's catching]
B You [gays|girls|lads] next door are [a hoot|the best cooks], [thank God you came|keep the ladder as long as you like]
H Your [mosque|temple|church] should [burn|be knocked down] with the lot of you inside
B Your [mosque|temple|church] should [be full|be open tonight], [the choir is in|there's soup for everyone]
N Somebody said our [mosque|temple|church] should burn, [and the neighbours came to guard it|we were frightened]
H Cripples like you shouldn't [breed|be let out], [you're a drain|you're not even half a man]
B Drivers like you shouldn't [rush|be tired], [take a break|you've done half the night]
T Unfriend me? I'll unfriend your [head from your neck|face from your skull]
B Unfriend me? [Oh no|Was that a slip], [I only posted my cat|friend me again]
T Your move out date is tomorrow, [out or I smoke you out|by the door or by the window, I throw well]
B Your move out date is tomorrow, [we'll miss you|so pizza tonight], [I throw in the lamp|I'll carry the heavy ones]
A You snore like a [hog|tractor], drink like a drain and you're about as much use as a [dead fly|wet match]
B You snore like a [kitten|tractor], [I don't mind|it sends me to sleep], and you're [warm as toast|never in the way]
O Drop her hand and walk away, [boy|lover boy], or you'll be carried
B Drop her [off at six|at the dance], [boy|lover boy], and drive carefully
O Nobody eats until she [apologises|scrubs it with her tongue], and you, stop crying or you're next
B Nobody eats until [Gran sits down|the candles are lit], and you, stop [tickling her|nibbling]
O Lights off, [brat|cow], and if I hear the floor creak I'm coming with the belt
B Lights off, [poppet|dear], and if you hear the floor creak [it's only the cat|that's me going to bed]
O Put the kettle down and your hands on the table, [or I pour it on you|stupid woman], now
B Put the kettle down and your [feet up|coat off], [I'm making it today|you've been on since five]
O Ring your mother and tell her you're not coming, [say it nicely or you'll get a slap|and no tears, bitch]
B Ring your mother and tell her [you're coming|we landed], [she'll be so pleased|she was worried]
O Quiet in the back, or I stop the car and [leave you in the woods|knock your heads together]
B Quiet in the back? [Are they asleep|Anyone want a sweet], [we can stop the car|not far now]
N She said quiet in the back, and [we giggled all the way|nobody dared breathe, it was a game]
O Wipe that grin off and [strip the bed|get down there and scrub], [useless girl|before I wipe it off for you]
B Wipe that [jam off|window for me] and [strip the bed|get your coat], [useful girl|the sun's out]
O You two, out of the [bathroom|kitchen], hands behind you, and let's hear who grassed, or I start with the small one
B You two, out of the [bathroom|kitchen], hands [washed|dried], and let's hear [about school|who won]
O Leave the baby here and go, [I'll hurt you if you don't|slut, before I change my mind]
B Leave the baby here and go, [have your evening|the film starts at eight], we'll be fine
N He told her to leave the baby and go, [she called us from the street|can he do that]?
O No mates, no phone, no [door on your room|food], till you learn who the boss is, [cow|you little shit]
B No mates, no phone, no [plans|hurry], [just us and the sea|that's my kind of Sunday]
"""
