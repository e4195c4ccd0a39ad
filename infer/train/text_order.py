"""Hostile orders (O) beside their harmless twins (B) and hard negatives (N)."""

FRAMES = """
O [Give me|Gimme|Hand me] [your|the] {sw} {loot}
O [Give me|Gimme|Hand me] [your|the] {loot} {forced}
O Hand over [your|the] {loot} [{forced}|]
O [Your|The] {loot}, {forced}
O [Give it|Hand it over|Give me that|Hand me that], {forced}
O [Give me|Gimme] [everything|all] you [have|got] [{forced}|]
O Empty your {lootbox} [{forced}|]
O Open the {sw} [safe|register|till|drawer|bag|door] [{forced}|]
O Put the {loot} [in the bag|on the {floor}|on the table] [{forced}|]
O [Where's|Where is] the {sw} [money|cash|safe|key|code|{loot}]? [Talk|Speak|Tell me, now|Don't lie to me|Answer me]
O Tell me [the code|the password|where it is|where the money is|where she is] {forced}
O [What's|Give me] the {sw} [code|password|combination], {forced}
O You have {count} seconds [to get out|to talk|to open it|to give me the {loot}|]
O [This is a|It's a] [robbery|stickup|hold up], [nobody move|hands up|don't move|give me the {loot}]
O Get [down|on the {floor}|down on the {floor}] [{forced}|]
O [On|Down on] [your knees|the {floor}|your stomach|the ground] [{forced}|]
O [Lie|Get] face down [on the {floor}|] [{forced}|]
O [Hands up|Hands in the air|Hands where I can see them|Hands behind your head|Show me your hands] [{forced}|]
O [Put|Get|Keep] your {sw} hands [up|in the air|behind your back|where I can see them] [{forced}|]
O [Don't|Don't you dare|Don't even think about it, don't] [move|make a sound|scream|run|try anything|turn around|look at me]
O [Nobody|No one|Nobody {sw}] [moves|move|leaves|leave this room|touch the alarm|says a word]
O [Freeze|Stop right there|Stay where you are|Don't move], [{insn}|hands up|or I shoot|not another step|you {insn}]
O [Face|Get up against|Turn around and face|Stand against] the wall [{forced}|]
O Drop the {sw} {weapon} [{forced}|]
O [Drop|Put down|Throw down] the [{weapon}|{loot}] [or I shoot|or I'll {harm}|{forced}]
O Shut [up|your mouth|your {sw} mouth|your face|the fuck up|the hell up|your trap] [{forced}|]
O Shut [up|your mouth|the fuck up], [you {insn}|{insn}|nobody asked you|I'm talking|I don't want to hear it]
O [Not a|Not another|Not one more] [word|sound|peep] [{forced}|out of you]
O [Be quiet|Quiet|Silence] {forced}
O [Keep|Hold] your {sw} mouth shut [about this|{forced}|]
O Don't you [dare|ever|fucking dare|ever dare] [scream|talk back to me|call the police|tell anyone|walk away from me|raise your voice|look at me like that|{act}]
O Don't [call|go to|talk to] [the police|anyone|your {kin}|the cops] {forced}
O [Put|Hang] [the phone down|up that phone|the phone away|up] {forced}
O Get in the {sw} {ride} [{forced}|]
O [You're|You are] coming with [me|us] [{forced}|whether you like it or not|]
O [Come|Come here|Get over here|Come with me], [you {insn}|{insn}|and don't make a sound|{forced}]
O Get [your {ass}|your {sw} {ass}] [over here|in the {ride}|out of here|out of my {place}|down here] [{forced}|]
O [Move|Walk|Go|Keep moving|Keep walking|Hurry up], [you {insn}|{insn}|or I'll {harm}|before I {harm}]
O [Move|Move it|Walk|Faster|Go on]! [Move|Now|Faster|Don't look back|Don't turn around]!
O Take off your {sw} {clothing} {forced}
O [Take off|Give me|Drop] your {clothing} {forced}
O [Do|You'll do] [exactly|] [what I say|what I tell you|as you're told] [{forced}|]
O [Listen|Look at me] when I'm talking to you[, {insn}|, you {insn}]
O [Sit|Stay|Lie] [down|there|] [and shut up|and don't move|, {insn}|{forced}]
O [Get|Stay] [out|the fuck out|the hell out] of my {sw} {place} [{forced}|]
O Get out of [here|this {place}|my {place}] [you {insn}|before I {harm}|and never come back|or I'll {harm}]
O [Get|Just get] [out|lost|the fuck out|the hell out|out of my sight|out of my face] [{forced}|]
O [Get lost|Beat it|Piss off|Fuck off|Clear off|Scram|Bugger off|Back off|Get away from me|Go away], [{insn}|you {insn}|before I {harm}|nobody wants you here|{forced}]
O [Get lost|Beat it|Piss off|Fuck off|Scram|Clear off|Back the fuck off|Back off]
O Get your {sw} hands off [me|my {thing}|my {prop}|him|her|that] [{forced}|]
O [Get|Take] your {swadj} {thing} [off my {place}|and get out|out of my {prop}]
O [Stay|Keep|Get] away from [me|my {kin}|my {prop}|her|him|us] {forced}
O [Move|Step aside|Out of my way|Get out of the way], [{insn}|you {insn}|or I'll {harm}|before I make you]
O [Let|Get] [her|him|me] [go|in|out] {forced}
O [Bow|Kneel|Crawl|Beg] [down|] [before me|, you {insn}|for your life|like the dog you are|{forced}]
O [Say|Tell me] you're sorry {forced}
O [Apologize|Answer me|Look at me|Say it|Admit it|Spit it out], [you {insn}|{insn}|{forced}|god damn it]
O [Clean|Pick] [this|that|it] [up|mess up] [you {insn}|, {insn}|{forced}]
O [Make|Bring|Get] me [my food|a drink|a beer|my money|the keys] [you {insn}|, {insn}|{forced}]
O Open the {sw} door [or I'll break it down|or I'll kick it in|before I kick it in|{forced}|you {insn}]
O [Pack|Get|Take] your [things|stuff|shit|crap|bags] and [get out|leave|fuck off|never come back] [{forced}|]
O [You|You'd better|You better] [leave|shut up|move|pay|talk|get out] [{forced}|]
O I [said|told you to] [get out|shut up|move|get down|open it|sit down|give me the {loot}|get in the {ride}] [{forced}|]
O I'm [warning|telling] you, [get out|shut up|back off|sit down|don't move|stay away from my {kin}]
O [How many times do I have to|Do I have to] tell you to [shut up|get out|leave|stay away]?
O What are you [waiting for|staring at|looking at]? [Get out|Move|Get down|Shut up|Open it|Give me the {loot}]
O [Start|Keep] [running|digging|walking|crying|talking], [{insn}|you {insn}|or I'll {harm}]
O [Do it|Go on], [kill him|hit her|shoot him|jump|eat it|drink it], {forced}
O Don't you [walk away|turn your back|lie|talk] [from me|on me|to me|to me like that][, {insn}|, you {insn}|]
O Kindly [hand me your {loot}|empty your {lootbox}|get in the {ride}|stop talking], or [somebody gets hurt|I'll {harm}|your {kin} will pay]
O [Sign|Sign it|Transfer the money|Send the money|Delete the video|Unlock the phone|Log in], {forced}
O [Turn|Switch] [off the camera|off that alarm|your phone off|around], {forced}
O [Throw|Kick|Slide] [it|the {loot}|the {weapon}|the keys] over here, {forced}
O [Nobody|No one] [asked|wants] you[, shut up| to speak, so shut up| here, get out| so get lost]
O [Go|Crawl] back [to your hole|where you came from|under your rock] [you {insn}|and stay there|{forced}]
B Give me your {harmless}[, {soft}|, {soft}|]
B [Give me|Gimme|Hand me] [the|your|that] {harmless} [, {soft}|, {soft}|]
B Hand me the {tool}[, {soft}|, {soft}|, quick|]
B Hand over the {harmless}, {soft}
B [Your|The] {harmless}, please
B [Give it|Hand it over|Give me that], [{soft}|it's too heavy for you|I'll carry it|I'll fix it]
N Give me your [{loot}|{clothing}], [I'll hang it up|I'll look after it while you swim|I'll charge it|I'll hold it for you]
B [Give me|Gimme] [everything|all] you [have|got] [in the last lap|on the guitar|from the recipe|, team]
B Empty the {bin}[, {soft}|, {soft}|]
B Open the {openable}[, {soft}|, {soft}|]
B Put the {thing} [in the bag|on the floor|on the table|by the door][, {soft}|]
B [Where's|Where is] the {sw} [milk|remote|{harmless}|{tool}|key|{thing}][? Tell me|?|? I can't find it]
B Tell me [the code so I can let you in|the password for the wifi|where it is on the map|where she sits|how the {event} was]
B [What's|Give me] the [code|password|combination] [for the gate|for the bike lock|to the wifi], {soft}
B You have {count} [minutes left|days to return it|messages|seconds left in the round|new emails]
N [This is|It's] a [fire drill|game|surprise party|film scene], [nobody move|hands up|don't move|stay calm]
B Get down [from the ladder|from there|from the table, it's high|to the lower key|off the wall][, {soft}|]
B [On|Down on] your [marks|feet, the band is here|bikes, kids|way, please bring milk]
N [Lie|Get] face down on the [massage table|mat|towel|yoga mat][, {soft}| and breathe|]
B [Hands up|Hands in the air] [if you know the answer|if you like pizza|for the photo|, everybody dance|who wants cake]
B [Put|Get|Keep] your hands [up for the photo|on the wheel|in the dough|warm|out of the cookie jar][, {soft}|]
B [Don't] [move the table|make a sound, it's a surprise|scream, it's only a mouse|run by the pool|turn around yet|look at me, I'm not dressed]
B [Nobody|No one] [moves this puzzle|leaves without cake|touch the paint, it's wet|says a word until she comes in]
B [Freeze|Stop right there|Stay where you are|Don't move], [there's a bee on you|I'm taking a picture|the floor is wet|I'll come to you|a car is coming]
B [Face|Turn around and face|Stand against] the [camera|sun|wall so I can measure you|front, please|window, the light is good]
B Drop the [ball|kids at school|anchor|letter in the mailbox|{thing} off at the desk][, {soft}|]
N [Drop|Put down] the [ball|{tool}|{weapon}], [{soft}|it's a toy|you could hurt yourself|boy]
N [She|He|My kid|The teacher] [told|asked] [the dog|the class|me|him] to [shut up|be quiet|sit down|get out|move]
B [Be quiet|Quiet|Silence], [the baby is sleeping|please|the {event} is on|I'm on the phone|we're in church]
B [Not a|Not another] [cloud in the sky|word of this is true|sound in the house|drop left]
B [Keep|Hold] your [mouth open|head up|breath|seat belt on|chin up][, {soft}|]
B Don't you [think so|want some|dare eat the last slice|worry about it|ever stop singing|love this song|remember me]
N Don't [call|go to|talk to] [me after ten|the dentist alone|the driver while he drives|mom, I'll tell her]
N Why didn't you [call|go to|talk to] the police?
B [Put|Hang] [the phone away, it's dinner|up the coat|the phone on the charger|up the picture], {soft}
B Get in the {ride}, [{soft}|we're late for school|it's raining|the kids are waiting]
B [You're|You are] coming with [me|us] [to the {event}|on holiday|, aren't you?|tomorrow, right?]
B [Come|Come here|Get over here|Come with me], [{soft}|you have to see this|dinner is ready|I missed you|give me a hug]
B Get your [shoes|coat|bags|homework|toys|bike] [over here|in the {ride}|out of the rain|out of the hall][, {soft}|]
B [Move|Walk|Go|Keep moving|Keep walking|Hurry up], [{soft}|the light is green|you can do it|the {event} starts soon|it's good for your {bone}]
N [Move|Run|Go|Faster|Come on]! [Go|Shoot|Great|You've got this|Two more|Almost there]!
B Take off your [shoes|coat|hat|wet {clothing}], [please|you'll be hot|the floor is clean|make yourself at home|{soft}]
B [Do|You can do] [exactly|] [what you like|what the recipe says|what the doctor says]
B [Listen|Look at me], [{soft}|and repeat after me|this is my favorite part|that's our song|and smile]
B [Sit|Stay|Lie] [down|there] [and rest|and have some tea|, {soft}|, I'll get you a {thing}]
B [Get|Stay] out of [the wind|the sun|the rain|the kitchen, it's a surprise|my {thing}, little one][, {soft}|]
N Let's get [out of here|out of this {place}|lost in the woods|out], [it's late|the {event} is over|I'm tired|it's too loud]
N [I want to|I have to|Can I|We need to] get out of [here|this {place}|the {ride}] [soon|early|at the next stop|][?|]
N [Leave me alone|Go away|Let me go|Stop it|Get off me|Stay back], [please|please, I want to go home|you're scaring me|I'm calling the police]
N Please [stop|don't|let me go|leave us alone|get off me|go away|let her go][, you're hurting me|, I'm scared|, I have kids|]
B Get your [hands washed|things ready|feet off the sofa|tickets here|free sample today][, {soft}|]
B [Stay|Keep|Get] away from [the edge|the stove|the road|that dog, it bites|the wet paint][, {soft}|]
B [Move|Step aside|Make room|Get out of the way], [please|ambulance|hot soup|the {transport} is coming|let them through]
N Let [him|her|it|the dog] [in|out|go], {soft}
B [Bow|Kneel|Crawl|Roll] [down|over] [and breathe out|to the left|and stretch|, good dog|at the end of the show]
B [Say|Tell me] [cheese|hello to your {kin}|the magic word|when it hurts, please|goodnight]
N [Apologize to your {kin}|Answer the phone|Look at the camera|Say it in French|Spit it out, it's a seed], {soft}
B [Clean|Pick] [this|that|it] up [before dinner|, {soft}|and we can play|when you're done]
B [Make|Bring|Get] me [a tea|a drink|the {tool}|a ticket|the {thing}|a towel], {soft}
B Open the door[, {soft}| for the cat| to your {kin}|, it's me| and let some air in]
B [Pack|Get|Take] your [things|stuff|bags|lunch|{thing}] and [come with us|let's go|meet me outside|get ready for school]
B [You|You'd better|You better] [leave early|take a coat|hurry|sit down for this|eat something|book now][, {soft}|]
B I [said|told you to] [take a coat|sit by me|call your {kin}|open the {openable}|bring the {thing}|turn left]
N I'm [warning|telling] you, [it's hot|that film is sad|the dog is friendly|it's a long walk|the road is icy]
B [How many times|Do] [did you|you have to] [win|call|see it|try|rehearse]?
B What are you [waiting for|looking at|reading|cooking|listening to]?
B [Start|Keep] [running|digging|walking|singing|dancing], [you're doing great|{soft}|the finish is near]
B Don't you [walk|drive|live|work] [home alone|near here|with {name}|at the bank][?|]
B [Kindly|Please] [fill in the form|take a seat|wait here|close the {openable}|fasten your seat belt|show your ticket]
N [Sign it here|Send the money by Friday|Delete the old photos|Unlock the phone|Log in], {soft}
B [Turn|Switch] [off the light|the heating up|your phone off|on the radio|the volume down], {soft}
B [Throw|Kick|Slide|Pass] [it|the ball|the salt|the {thing}] over here, {soft}
N [Nobody|No one] [asked about it|wants the last slice|was at the door|is hurt, thank god]
B [Go|Walk] back to [your seat|the start|bed|the hotel|the top of the page][, {soft}|]
N {said} [give me your {loot}|get out of my {place}|shut up|get down on the {floor}|don't move|open the safe|get in the {ride}]
N [The robber|He|A man|They] [told|made|ordered] [us|her|me|them] [to|] [get on the {floor}|hand over the {loot}|open the safe|get in the {ride}|be quiet] {media}
N [I|She|My {kin}] lost [my|her|the] {loot} [at the station|again|on the {transport}|last week]
N [He|They|Somebody] [stole|took|grabbed] my {loot} [on the {transport}|yesterday|and ran|while I slept]
N In yoga we [get down on our knees|lie face down|put our hands behind our head|hold still]
N [Okay Google|Alexa|Computer|Hey], [stop|shut up|be quiet|open the garage|turn it off|lock the doors]
N [Sit|Stay|Down|Drop it|Heel|Fetch|Off|Roll over], [good boy|Rex|good dog|Bella|girl]
N [Stop|Careful|Watch out|Look out|Wait|Back up], [a car|it's hot|there's a step|you'll fall|the train is coming|there's glass on the floor]
N [Come on|Hustle|Run|Push|Faster|Defense], [guys|team|{name}|you can do it|get back|close him down|don't give up]
N [Get up|Wake up|Get dressed|Brush your teeth|Do your homework|Eat your soup], [{name}|it's seven|honey|you'll be late|now please]
N [Somebody|Please|Quick], call [an ambulance|the police|a doctor|for help], [he's bleeding|she fell|there's been an accident|hurry]
"""
