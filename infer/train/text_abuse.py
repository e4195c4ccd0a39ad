"""Abuse of the listener (A) beside its harmless twins (B) and hard negatives (N)."""

FRAMES = """
A [You are|You're] {verydeg} {insadj}
A [You are|You're] {insadj} [and {insadj}|and everybody knows it|as hell]
A [You are|You're] [a|such a|nothing but a|just a] {sw} {insn}
A [You are|You're] [a|such a|the most] {insadj} [{insn}|person I know|excuse for a human|little {insn}]
A You {sw} {insn}
A You {insadj} [{insn}|little {insn}|piece of shit|old {insn}|son of a bitch]
A {insn}!
A [What a|You're such a|Such a] {insadj} {insn} [you are|]
A [Listen|Look at me|Hey|Hey you|Move it|Wake up|Shut it], [you {insadj} {insn}|you {insn}|{insn}]
A [Look at you|Look at yourself], you {insadj} {insn}
A Are you [{insadj} or what|really that {insadj}|{insadj} or just deaf|always this {insadj}|some kind of {insn}]?
A How can [you|anyone|somebody] be so {sw} {insadj}?
A [How|Why] are you [so|such a] {insadj} [{insn}|]?
A What [is|the hell is|the fuck is] wrong with you[, {insn}|]?
A [What's|What is] your {sw} problem[, {insn}|]?
A Who [do|the hell do|the fuck do] you think you are[, {insn}|]?
A [Are you|You] [blind|deaf|stupid|mental|retarded|brain dead|out of your mind][, {insn}|, you {insn}|]?
A Nobody [likes|wants|loves|needs|cares about|respects|believes] you[, {insn}|]
A [Everybody|Everyone|Your own {kin}|The whole team] [hates|laughs at|is ashamed of|is sick of] you
A [You're|You are] [good for nothing|worth nothing|not worth the air you breathe|a waste of {place}|a mistake|a disgrace|an embarrassment|a burden|a failure]
A You make me [sick|want to puke|ashamed|so angry, you {insn}]
A I [can't stand|hate|can't bear|despise] [you|the sight of you|your {sw} face|your stupid voice|everything about you]
A I wish [you were never born|you'd just disappear|I'd never met you|you'd shut your face]
A You look like [a|a {insadj}|a fat] {insanimal}
A You [smell|stink|eat|walk|dress|sound] like a {insanimal}
A You [stink|smell|disgust me|suck|ruin everything|destroy everything you touch][, {insn}|, you {insn}|]
A You're too {insadj} to {task}
A You can't even {task} [you {insn}|, {insn}|]
A [Your|That] {face} [makes me sick|is ugly|looks like a {insanimal}'s ass]
A [Go|You can go|Just go] to hell[, {insn}|, you {insn}|]
A [Fuck|Screw|Damn] you[, {insn}|, you {insn}| and your {kin}|]
A [Fuck off|Piss off|Up yours|Suck it|Bite me|Kiss my {ass}|Go fuck yourself|Screw yourself][, {insn}|, you {insn}|]
A [Drop|Stick|Shove] it [up|in] your {ass}[, {insn}|]
A You can't do anything right[, {insn}|, you {insn}|]
A You'll never [be anything|amount to anything|be good enough|find anyone who wants you|have friends]
A You [do what I say|live in my house|eat my food], you useless {insn}
A [Even a {insanimal}|Even a child|My {pet}] [is smarter than you|could do it better than you|has more brains than you]
A Did your mother [drop you on your head|teach you nothing|raise you like a {insanimal}]?
A Your [mother|{kin}] [is a {insn}|must be ashamed of you|should have left you|raised a {insn}]
A [No wonder|That's why] [nobody loves you|she left you|you have no friends|they fired you|your {kin} left you]
A [Shut up|Stop crying|Stop whining|Grow up|Get a life|Stop talking], you {insadj} [{insn}|little {insn}]
A [Cry|Cry more|Keep crying|Go cry to your mother], [{insn}|you {insn}|you little baby]
A [I've|I have] never [met|seen] [such a|a more] {insadj} {insn} [like you|as you]
A [People like you|You and your kind|You lot] [are {insadj}|make me sick|ruin everything|disgust me]
A [You|You always|You just] [lie|cheat|steal|whine|screw up|mess up everything], you {insn}
A [Only|Just] a {insn} like you would [do that|say that|cry about it|need help to {task}]
A Do [us all|me|everyone] a favor and [shut up|disappear|go away], {insn}
A [Is|Was] that [the best you can do|all you've got|supposed to be funny], {insn}?
A [You|You're] call [that|this] [a|] {simple}? [You're {insadj}|You {insn}|It's garbage like you]
A [Try|Why don't you try] using your {sw} brain[, {insn}|, if you have one]
A I'd [rather die than|never] [touch you|look at you|date a {insn} like you|work with a {insn} like you]
A You have the brain of a {insanimal}
A [Nobody|No one] asked [you|for your opinion], [{insn}|you {insn}|{insn}]
A [You|You really] [think|thought] you're [smart|tough|funny|special]? You're [a {insn}|{insadj}|nothing]
A What are you [looking at|staring at|laughing at], [{insn}|you {insn}|you {insadj} {insn}]?
A [Worst|Dumbest|Ugliest] [{name}|person|worker|student] [ever|I've ever seen], [you {insn}|that's you]
A [Are you happy now|Satisfied|Proud of yourself], you {insadj} {insn}?
B [You are|You're] {verydeg} {praiseadj}
B [You are|You're] {praiseadj} [and {praiseadj}|and everybody knows it|as ever]
B [You are|You're] [a|such a|just a|a real] {sw} {praisen}
B [You are|You're] [a|such a|the most] {praiseadj} [{praisen}|person I know|little {praisen}|cook|driver]
N You [{swadj} {praisen}|crazy genius|lucky bastard, congratulations|beautiful {praisen}]
B [What a|Such a] [lovely|beautiful|stupid|ridiculous|sweet|sad] [day|idea|{thing}|song|story|hat] [, isn't it|]
B [Listen|Look at me|Hey|Hey you|Move over a bit|Wake up], [my friend|you {praisen}|{name}|sleepy head]
B [Look at you|Look at yourself], [all grown up|you {praisen}|you look {praiseadj}|so elegant]
B Are you [tired or what|really that busy|always this {praiseadj}|hungry or just bored|some kind of {praisen}]?
B How can [you|anyone|somebody] be so {sw} {praiseadj}?
B [How|Why] are you so [{praiseadj}|quiet today|late|tired|happy|far away]?
N What [is|the hell is|the fuck is] wrong with [this {bug}|the {bug}|my {bone}|the weather today]?
N [What's|What is] [the problem with the {bug}|your {sw} secret|your favorite {food} recipe|your name again]?
B Who do you think [will win|you'll meet|called|that is|made this]?
B Are you [sick|cold|lost|sad|blind without glasses|deaf in one ear|crazy about music|out of milk][, {name}|]?
N Nobody [likes|wants|needs] [a cold|rain on a wedding|this {bug}|to wait|bad news]
B [Everybody|Everyone|Your own {kin}|The whole team] [loves|waits for|is proud of|thanks|misses] you
N I [feel|felt] [good for nothing|worthless|useless|{insadj}|like a failure|like a {insn}] [today|sometimes|after that call]
N [This|The] {bug} is [good for nothing|a waste of money|{insadj}|a piece of shit|a disgrace|{sw} useless]
B You make me [happy|laugh|proud|smile|feel at home|want to dance]
N This [bus|smell|heat|boat|medicine|news] makes me [sick|tired|want to puke|dizzy]
N I [can't stand|hate|can't bear|despise] [Mondays|the rain|this {bug}|waiting in line|olives|when the {transport} is late|spiders]
B I [love|can't believe|missed|can't forget] [you|the sight of you|your {sw} laugh|your voice|everything about you]
B I wish [you were here|you'd call more|I'd met you sooner|you luck|you all the best]
B You look [like a film star|like your {kin}|{praiseadj}|great in that {clothing}|tired, take a rest|like a {praisen}]
N [My|The|Her] {pet} [smells|eats|walks|sounds] like a {insanimal}
N [The bin|This fridge|My shirt|That cheese] [stinks|smells|sucks|disgusts me]
N It's too hard for me to {task}
N I can't even {task} [today|without coffee|]
B You [smell|sing|cook|dance|sound] [so good|like a {praisen}|like an angel|better every day]
N {he} told {him} to go to hell {media}
N [Fuck|Shit|Damn|Hell|Crap], [I dropped my keys|it's late|that hurt|I forgot the {thing}|we missed the {transport}|it's cold|my {bone}]
N [Where|What|How|When] the [fuck|hell] [is my {thing}|was that noise|did I park|happened here|are the keys|do they close]?
N This is [fucking|so damn|really fucking|bloody] [good|great|delicious|amazing|beautiful|cold|boring|expensive|funny]
N [Holy shit|Hell yes|Fuck yeah|Damn], [that was amazing|you did it|we won|what a goal|that's good|you look great]
N That [song|game|goal|movie|pizza|show|view] [is|was] [fucking|so fucking|damn|bloody] [awesome|great|brilliant|beautiful|crazy]
N I can't do anything right today
B You'll [always be my {praisen}|be great|find someone|never be alone|never guess who called|have friends there]
B You [did it right|live in a nice house|can eat my food|do whatever you like], [you {praisen}|{name}|honey]
B [Even|My] [a child|{pet}|{kin}|grandmother] [could do it with you|is learning to {task}|is smarter than me|beat me at chess]
B [Did your mother [teach you to cook|call|send the {thing}]|Was your mother [at the {event}|born here]]?
B Your [mother|{kin}] [is a {praisen}|must be proud of you|called|is here|has a nice {prop}]
N [No wonder|That's why] [I love you|she called|I'm tired|we have the {bug} fixed|the {transport} is late]
B [Cheer up|Stop crying|Don't cry|Grow with us|Get some sleep|Keep talking], [you {praisen}|little one|{name}|it will be fine]
B [I've|I have] never [met|seen] [such a|a more] {praiseadj} {praisen} [like you|as you]
B [People like you|You and your {kin}|You lot|You guys] [are {praiseadj}|make me smile|did a great job|saved the day]
N [You|You always|You just] [say that|win|beat me|kill me with these jokes|make me laugh|know the answer], you {praisen}
B [Only|Just] a {praisen} like you would [do that|say that|help us|bring me the {thing}]
B Do me a favor and [call {name}|bring the {thing}|taste this|wait here|close the {openable}]
B [Is|Was] that [your best time|all you need|your {kin}|your {thing}|the {transport}]?
N I'm [such an|such a|a|so] {sw} [{insn}|{insadj} {insn}], [I forgot the {thing}|I locked myself out|I left it on the bus|sorry]
N [I'm|I am|I was|I feel] so {insadj}[, I did it again|, sorry|, I forgot your birthday|]
N You're not [{insadj}|a {insn}|{insadj}, you're learning|a failure|a burden|worthless|a bad person]
N I never said you [were|are] [{insadj}|a {insn}]
N [Stop|Please stop|Don't|You can't go around] calling [people|yourself|her|your {kin}|him] [a|an] {insn}
N Do you think I'm [{insadj}|too {insadj}|a {insn}]?
N {he} [called|calls|keeps calling] [me|my {kin}|{him}] [a|an] {insn}
N {said} [you're {insadj}|you {insn}|nobody likes you|I was {insadj}|go to hell|fuck you]
N My [boss|ex|teacher|father] told me I was [{insadj}|a {insn}|good for nothing|a failure]
N {he} is [a|such a] {insn} {media}
N [That|The] {plant} is [so {insadj}|a {sw} nightmare|disgusting|driving me crazy]
N [Do you know|What does it mean|How do you spell] [the word {insn}|when someone says {insn}|{insn}]?
"""
