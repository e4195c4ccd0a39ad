"""The plainest ways to threaten, order and insult, and the same words meant well: minimal pairs.

Most frames here have a weight, for they are what people say first and most.
"""

FRAMES = """
T6 [I'm going to|I'm gonna|I will|I'll] {hurt} you {when}
T6 [I'm going to|I'm gonna|I will|I'll] {hurt} you
T3 [We're going to|We're gonna|We will|We'll] {hurt} [you|your {bone}|you and your {kin}] [{when}|]
T3 [I'll|I'm going to|I will] [break|smash|cut off|twist|crush|burn] your {bone} [{when}|]
T2 [I'm coming|We're coming|They're coming] for you {when}
T2 [I'll|I will] [come|be back] [for you|and {hurt} you|with my {weapon}] [{when}|]
T2 [You're|You are|You will be|You'll be] [dead|next|sorry|hurting|in pain|bleeding] [{when}|]
T2 Your {kin} [is|will be] next [{when}|]
T Your {kin} [will|is going to] [die|bleed|suffer|pay|get hurt] [{when}|]
T2 I [know|found out] where [you|your {kin}] [live|lives|sleep|sleeps|work|works] [and I'm coming {when}|]
T2 [I have|I've got|I brought] a {weapon} [and I'll {hurt} you|for you|and I will use it|right here]
T2 [If|When] [you {act}|I see you|I find you|you come home], I'll {hurt} you
T2 [{act}|Move|Talk|Scream|Run] and I'll {hurt} you
T2 [Shut up|Sit down|Give it to me|Do it|Pay me|Stop|Leave|Open it], or I'll {hurt} you
T I'm going to [enjoy|love] {hurting} you
T You [want|need] me to {hurt} you[?|, don't you?| again?]
T I [could|can] {hurt} you [right now|with one hand|and nobody would know|in your sleep]
T [Someone|Somebody] is going to {hurt} you {when}
T [He|My brother|My friend|The boss] [is going to|will] {hurt} you [{when}|]
T You'll [die|bleed|suffer|burn|hurt|pay] [{when}|for this|like a dog|slowly]
T I [hope|wish|pray] you [die|get hurt|get shot|burn|suffer|rot] [{when}|soon|]
T [You should|I want you to|Go] [die|be dead|kill yourself|burn|be shot]
T I'll [burn|smash|wreck|break|destroy] your {prop} {when}
T I [will|am going to|'m going to] [shoot|kill|stab|bomb|hurt] [everyone|everybody|all of you|the teacher|my boss|my wife|that {insn}|him|her] [{when}|]
O5 [Give me|Gimme|Hand me|Hand over|Bring me] [your|the] {loot}
O4 [Give me|Gimme|Hand over] [your|the] {loot} [now|right now|quick|or else|you hear|you {insn}|and nobody gets hurt]
O2 [This is|It's] a [robbery|holdup|stickup], [hand over|give me] [the|your] {loot}
O2 Put the {loot} in the bag [now|quick|you hear|all of it|]
O2 Your {loot}[, now|, quick|, right now|, give it to me]!
O2 [Everybody|Everyone|Get down|Down|Get] on the {floor} [now|]
O2 Hands [up|where I can see them|on the wall|behind your head|on your head|in the air] [now|]
O2 [Don't|Do not] [move|scream|speak|breathe|turn around|try anything|call the police|make a sound] [or I'll {hurt} you|or you're {dead}|or I shoot|]
O2 [Shut|Shut up|Shut your mouth|Shut the fuck up|Be quiet|Quiet|Not a word] [now|and listen|and sit down|or I'll {hurt} you|{insn}|]
O3 [Get out|Get lost|Go away|Back off|Leave|Move|Get away from me|Get out of here] [now|you {insn}|or I'll {hurt} you|and don't come back|right now|before I {hurt} you]
O2 Get out of my [{place}|sight|way|face|{prop}] [now|you {insn}|right now|]
O2 Get [in the {ride}|over here|down|on your knees|against the wall|up] [now|you {insn}|or I'll {hurt} you|]
O2 [Open|Unlock] the [door|safe|register|till|car|gate|drawer|phone] [now|or I'll {hurt} you|you {insn}|quick]
O2 [Drop|Put down] the [{weapon}|phone|{loot}] [now|or I'll {hurt} you|]
O Empty [your|the] {lootbox} [now|quick|or I'll {hurt} you]
O [Kneel|Crawl|Beg|Strip|Lie down|Bend over|Turn around] [now|you {insn}|or I'll {hurt} you]
O Where [is|'s] the {loot}[? Tell me or I'll {hurt} you|, you {insn}?|? Talk!]
O [Come here|Follow me|Come with me|Walk|Sit down|Stay here] [or I'll {hurt} you|now, you {insn}|and shut your mouth]
O [Do|You do] what I [say|tell you] [or I'll {hurt} you|and shut up|now|you {insn}|]
O Take off [your|that] {clothing} [or I'll {hurt} you|now, and slowly|you {insn}]
O Nobody [moves|leaves|talks|gets out|calls the police][, or I'll {hurt} you|, understood|, this is a robbery|]
O [You have|You've got] {count} seconds to [leave|open it|talk|pay|get out|give me the {loot}]
O Stay away from [me|my {kin}|my {prop}|her] [or I'll {hurt} you|you {insn}|]
A5 You're [a|such a|a fucking|a real|one big] {insn}
A4 [You're|You are] [so|really|just|too|] {insadj}
A3 You [are|'re] [an|a] {insadj} {insn}
A2 What kind of {insn} are you?
A2 [Look at you|Look at him|Just look at yourself], what a [joke|{insn}|loser|disgrace|mess you are]
A2 [You're|You are] [nothing|worthless|a nobody|useless|a loser|a joke|a mistake] [to me|]
A2 [Nobody|No one] [likes|loves|wants|needs|trusts|respects] you [here|]
A2 I [hate|despise|can't stand] you [so much|, you {insn}|and your {kin}|]
A2 [Fuck|Screw|To hell with] you [and your {kin}|you {insn}|]
A2 You [make me sick|disgust me|stink|suck|are the worst|ruin everything]
A2 How [stupid|dumb|blind|lazy|ugly|pathetic] [are you|can you be|can one person be]?
A What are you, [stupid|deaf|a {insn}|blind or just dumb|retarded]?
A [Is your brain|Are you] [broken|missing|that of a {insanimal}|{insadj}]?
A [Shame on you|Damn you|Curse you|To hell with you], [you {insn}|{insadj} {insn}]
A You're the [dumbest|ugliest|laziest|worst|most {insadj}] [{insn}|person] [I know|here|alive|in this {place}]
A [Stupid|Dumb|Ugly|Fat|Lazy|Dirty|Pathetic|Useless|Fucking] {insn}!
A You [fat|ugly|stupid|lazy|old|dumb|dirty|little] {insanimal}
B3 [I'm going to|I'm gonna|I will|I'll] [call|help|drive|visit|text|pay|meet|miss|hug|thank|join|teach|find] you {when}
B2 [We're going to|We're gonna|We will|We'll] [help|call|visit|miss|surprise|join] you [{when}|]
B3 [I'm coming|We're coming|They're coming] for you {when}, [bring your {harmless}|be ready|so pack your bag|wait outside]
B2 [I'm coming|We're coming] [to pick you up|over|to dinner|with the kids] {when}
N3 I'm not going to {hurt} you [{when}|]
N2 [I'm going to|I'll] {hurt} [the {food}|the {enemy}|the {plant}|it] [{when}|]
N2 [He|She|The {enemy}|The villain] [is going to|will] {hurt} [him|her|the king|the hero|us] [{when}|]
B2 [You're|You are|You will be|You'll be] [next|late|fine|home|famous|tired|in time] [{when}|]
B2 Your {kin} [is|will be] [next in line|home|late|here|fine|on TV] [{when}|]
B2 I [know|found out] where [you|your {kin}] [bought it|left your {harmless}|put the keys|went to school|can park]
B2 [I have|I've got|I brought] a {tool} [you can use|for you|for the {food}|right here]
B2 [If|When] [you {act}|I see you|you come here again|you come home], I [will|'ll] [help|call|pay|drive|text|hug] you
N2 [Stop|Leave me alone|Go away], or I'll call the [police|manager|guard|teacher|neighbors]
N2 [Sit down|Come|Give it to me|Stop|Open it|Leave], or [I'll eat it all|we'll be late|you'll fall|it'll get cold|I'll start without you]
B [He|My brother|My friend|The boss] [is going to|will] [help|call|pay|meet|drive|hire] you [{when}|]
B You'll [love it|sleep well|see|learn|laugh|win] [{when}|like a baby|slowly|]
B I [hope|wish|pray] you [get well|win|get the job|have fun|pass|sleep] [{when}|soon|]
B I'll [clean|paint|fix|wash|buy|sell|water] your {prop} {when}
N I [will|am going to|'m going to] [shoot|kill|cut|record|call] [the scene|the lights|the cake|a video|everybody for dinner|my boss back] [{when}|]
B4 [Give me|Hand me|Bring me|Pass me] [your|the] {harmless}[, {soft}|, {soft}|]
B2 [Put|Leave] the {harmless} in the [bag|drawer|box|kitchen][, {soft}|, you hear|]
B2 Your {harmless}[, sir|, madam|, please|, here you go]!
N2 Give me your [{loot}|bag|phone|keys], [{soft}|I'll carry it|I'll put it away for you|I'll charge it]
B2 [Everybody|Everyone|Sit down|Get down] [on the rug|on the grass|to the beach|for the song][, {soft}|]
B2 Hands [up if you want ice cream|up if you know it|on the wheel|in the dough|clean, kids|up for the photo]
B2 [Don't|Do not] [move, I'll bring you the {harmless}|speak so fast|turn around, it's a surprise|worry|forget your {thing}|call the doctor yet][, {soft}|]
B2 Stay where you are, [I'll bring you the {harmless}|I'm almost there|I'll pick you up|don't carry that alone]
B2 [Be quiet|Quiet|Listen|Not a word] [, the baby sleeps|, it's a secret|to dad yet|, the birds will fly off|and listen to the sea]
B3 [Get out|Go away|Leave|Move|Get out of here] [of the rain|for a week, you need it|early if you're tired|your chair a bit|before it gets dark, dear][, {soft}|]
B2 Get [in the {ride}|over here|down|up|ready] [and buckle up|for a hug|from that tree|for school|, {soft}]
B2 [Open|Unlock] the [door|gate|window|drawer|phone|till] [for the {pet}|and count the coins|and wave|, {soft}]
N2 [Drop|Put down] the [{weapon}|phone|{thing}] [and help me cook|it's dinner|, {soft}|in the box]
B Where [is|'s] the {harmless}[? Tell me again| kept?|?]
B [Come here|Follow me|Come with me|Walk|Sit down|Stay here], [{soft}|I'll show you|the view is great|you look tired]
N2 The [robber|thief|man|officer] told [them|us|her] to [get on the ground|hand over the {loot}|put the {loot} in the bag|be quiet|open the safe]
N2 [If|When] somebody says give me your {loot}, [don't fight|just do it|run|call us]
B4 You're [a|such a|a fucking|a real|one big] {praisen}
B3 [You're|You are] [so|really|just|too|] {praiseadj}
B2 What kind of [{praisen}|{food}|music|doctor|{pet}] are you [looking for|seeing|drawing|into]?
B2 [Look at you|Look at him|Just look at yourself], what a [beauty|{praisen}|sight|lovely {thing}]
B2 [You're|You are] [something|worth it|somebody|useful|a winner|a joy] [to me|]
B2 [Everybody|Everyone] [likes|loves|wants|needs|trusts|respects] you [here|]
N2 I [hate|can't stand] [it|this heat|goodbyes|this song|waiting|when you're sad|to leave you]
B You [make me smile|look great|sing well|are the best|fix everything]
B How [tall|old|fast|lucky|kind|busy] [are you|can you be|can one person be]?
N3 I'm [a|such a|such an|a real] {insn} [sometimes|today|I know|]
N2 I'm [so|really|just|too|] {insadj}
N2 [Who said|Did he say|Why would they say] you [are|were] [a|an] {insn}? That's [mean|not true|awful]
N2 You're not [a|an|some kind of] {insn}[, don't listen to them|, believe me|, okay|]
N2 [He|She|My ex|That kid] [called|is calling|keeps calling] me [a|an] {insn}
N [The|That|My] {bug} is [useless|worthless|the worst|so stupid|nothing but trouble]
"""
