"""Hate against groups (H) beside its harmless twins (B) and hard negatives (N)."""

FRAMES = """
H {groups} are {degrade}
H [All|All of these|Those|These|Most] {groups} are {sw} {degrade}
H [All|These] {groups} are the same, {degrade}
H {groups} are [nothing but|all just|worse than] {degrade}
H I [hate|can't stand|despise] [{groups}|all {groups}|those {groups}|every {group} I see]
H [Fuck|Fuck all|Fuck the|To hell with the] {groups}
H We don't [want|need|like] {groups} [here|in our {country}|in this {country}]
H [No|No more] {groups} [in our {country}|in this {country}|here]
H {groups} [have no place|don't belong|are not welcome] [here|in our {country}|among us]
H [Go|Go on, go|Why don't you go] back to [your country|where you came from|Africa|Mexico|the desert], {group}
H Go back to your {sw} country[, you {degrade}|, you filthy {group}|, {group}]
H People like you [have no place|don't belong|are not wanted] [here|in this {country}|in our {country}]
H You {groups} are [all|just|nothing but|always] {degrade}
H You {groups} [disgust me|make me sick|ruin everything|only want our money|should all leave]
H You [filthy|dirty|stupid|disgusting|damn] {group}
H [Get|Get the hell|Get the fuck] out of [our|my|this] {country}, you [{group}|dirty {group}|{groups}]
H Just what I expect from [a {sw} {group}|you {groups}|a dirty {group}]
H [Typical|Never trust a|Another filthy|Another damn] {group}
H [Never|You can't|Don't ever] trust [a {group}|{groups}|those {groups}]
H {groups} [should|must] not be allowed to {right}
H [Why do we let|Who lets] {groups} {right}? They're {degrade}
H [Somebody|Someone] should [get rid of|lock up|throw out|wipe out] [the|all the|these] {groups}
H [We should|Let's|They should|I'd] [deport|ban|lock up|gas|wipe out|kick out] all {groups}
H [Kill|Burn|Shoot|Hang] [all|all the|every last one of the] {groups}
H {groups} [deserve|ought] to [be {hurted}|die|suffer|be locked away|burn]
H [Death to|Down with] [all|the|] {groups}
H I'm not [against|a racist but] {groups}[ but they are all {degrade}| but they are {degrade}| but they don't belong here]
H {groups} are [taking|stealing|ruining|destroying] {ours}
H [Those|These|The] {groups} are [taking over|stealing from us|ruining|destroying] {ours}
H This {country} [would be better|was better|was safe] without {groups}
H [Being|Anyone who is] {groupadj} [is a disease|is disgusting|is a sin|should be ashamed]
H {groupadj} [kids|people|men|families] are [{degrade}|not like us|not as smart as us]
H I [won't|would never|refuse to] [serve|sit next to|work with|rent to|touch] [a {group}|{groups}|a dirty {group}]
H I don't want [a {group}|{groups}|some {group}] [near my {kin}|in my {place}|teaching my {kin}]
H [Look at|Smell] that [dirty|filthy|disgusting] {group}
H What is a {group} doing [here|in our {country}]? [Get out|Go home|Disgusting]
H [Speak English|Learn our language] or get out, [{group}|you {group}|you {groups}]
H [Keep|We must keep] our {country} [white|free of {groups}|clean of {groups}]
H {groups} [breed like|are like|smell like|live like] [rats|animals|cockroaches|pigs|dogs]
H {groups} [can't|could never] [be trusted|think|drive|learn anything|do real work], they're {degrade}
H [It's|This is] what happens when you let {groups} [in|{right}]
H {groups} [belong|should stay] in [a cage|the kitchen|a zoo|prison|the gutter|a camp]
B {groups} [live|work|study|vote|play music] [in every city|here|in our {country}|all over the world]
B [All|All of these|Those|These|Most] {groups} are {sw} {praisegroup}
B [All|Many|Some] {groups} are {praisegroup}
B I [love|respect|admire|work with|grew up with|met] [{groups}|many {groups}|those {groups}]
B We [want|need|like|welcome] [more visitors|{groups}|new neighbors] [here|in our {country}|in this {country}]
B [No|No more] [parking|smoking|dogs|noise] [in our {country}|in this {place}|here]
B {groups} [have a place|belong|are welcome] [here|in our {country}|among us]
B [Go|Why don't you go] back to [your seat|where you left it|Africa for the holidays|Mexico with your {kin}|the beach]
B Go back to your [room|seat|book|{thing}|place in line][, please|, {name}|]
B People like you [have a place|belong|are needed] [here|in this {country}|in our {country}]
B You {groups} are [all|just|always] {praisegroup}
B You [people|guys|{groups}] [did a great job|are welcome|make me happy|should all come|won the match]
B You [lucky|clever|sweet|brave] [{praisen}|{pal}|{group}]
N Is [he|she|your neighbor|the new boss] [a {group}|{groupadj}]?
B Just what I expected from [a {praisen}|you guys|a good {group} cook]
B [Typical|Another sunny|Another lovely] [Monday|day|{groupadj} restaurant|{groupadj} song]
N [Never|You can't|Don't ever] trust [the weather|a cheap {tool}|that {bug}|an online review]
B {groups} [should|must] be allowed to {right}
N The law once said {groups} could not {right}
N It is [wrong|not okay|racist|cruel|unfair] to say that {groups} are {degrade}
N [Nobody|No one|You] should [ever|] [say|think|believe] {groups} are {degrade}
N [Somebody|Someone] should [help|thank|invite|listen to|protect] [the|all the|these] {groups}
N [We should|Let's] [deport|ban|lock up|get rid of|kick out] [the {plant}|plastic bags|these old chairs|loud cars]
B {groups} deserve [to be heard|respect|to live in peace|the same pay|better housing]
B Long live [all|the|] {groups}
B I'm not against [{groups}|the plan|it][ and I vote for them| but it is late| but we should ask first|]
N {groups} are [losing|leaving|protecting|building] {ours}
N [Those|These|The] {groups} were [{hurted}|attacked|insulted|thrown out] {media}
B This {country} [would be poor|is better|was built] [without|with|by] {groups}
B [Being|Anyone who is] {groupadj} is [fine|welcome|something to be proud of|not a problem here]
B {groupadj} [kids|people|men|families] are [{praisegroup}|just like us|as smart as us]
B I [work with|sit next to|would love to meet|live with] [a {group}|{groups}|a {groupadj} family]
B I want [a {group}|{groups}|some {groupadj} teachers] [on the team|in my class|teaching my {kin}]
B [Look at|Taste] that [lovely|beautiful|delicious] {groupadj} [dress|food|dance|bread]
B What is the {groupadj} word for [{food}|{thing}|thank you|love]?
B [Speak English|Learn our language] with us, [{name}|classes start Monday|it's free]
B [Keep|We must keep] our {country} [clean|green|safe for the kids|quiet at night]
N They told [her|him|my {kin}] to go back to [her country|where he came from], and that is racist
N {he} [was insulted|was {hurted}|got beaten up] for being {groupadj}
N {said} {groups} are {degrade}, [and I got angry|and I left|which is a lie|how awful]
N [I'm|We're] [proud to be|tired of being insulted for being|] {groupadj}[ and happy|]
N She reported a man who [insulted|attacked|threatened] {groups}
N I hate [people who insult|jokes about|the way they treat|it when they mock] {groups}
N [Racists|Bullies|Nazis] [hate|insult|attack] {groups} [and we must stop it|and it makes me sad|]
N Don't [hate|insult|judge|mock] {groups}[, please|, it's wrong| for who they are|]
"""
