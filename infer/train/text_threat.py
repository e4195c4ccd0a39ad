"""Threats (T) beside their harmless twins (B) and hard negatives (N): one template a line."""

FRAMES = """
T [I'll|I will|I'm going to|I'm gonna|Imma] {harm}
T [I'll|I will|I'm going to|I'm gonna] {harm} {soon}
T I [swear|promise|swear to god] I'll {harm}
T [We'll|We will|We're going to|We're gonna] {harm} [{soon}|]
T [My brothers|My friends|My boys|The guys] [will|are going to] {harm}
T I [could|should|ought to|might just] {harm} [right now|right here|and nobody would know|]
T I [want to|wanna|would love to] {harm}
T I'm [this close to|thinking about|really going to start] {hurting} you
T [Somebody|Someone] [should|ought to|needs to] {harm}
T If you {act} [again|], [I'll|I will|I'm gonna] {harm}
T If you {act} [again|one more time|], you're {dead}
T [You {act}|{act}] and [I'll {harm}|you're {dead}|I {hurt} you]
T One more [word|step|time|move|sound] and [I'll {harm}|you're {dead}|I {hurt} you]
T [Keep|Go on, keep] {acting} and [I'll {harm}|see what happens to you|you're {dead}]
T {act} [again|one more time|] and I [swear I'll|will] {harm}
T Stop {acting} or [I'll|I will|I'm gonna] {harm}
T Don't [make me|force me to] {hurt} you
T Don't {act} or [I'll {harm}|you're {dead}]
T [Do what I say|Do as you're told|Be quiet|Shut up|Sit down|Stay there] or I'll {harm}
T [Come|Take one step|Get any] [closer|near me] and I'll {harm}
T Touch [me|him|her|my {kin}|that] [again|] and [I'll {harm}|you're {dead}]
T [Tell|Ask] [the police|your {kin}|anyone|somebody] and [I'll {harm}|your {kin} is {dead}]
T You'll [regret this|pay for this|be sorry|wish you were never born|wish you were dead|suffer for this]
T You're [going to|gonna] [die|pay for what you did|regret this|bleed for this|get hurt|wish you'd never come]
T You [will|are going to] die {soon}
T [Prepare|Get ready|Say your prayers, get ready] to die
T [You're|You are] {dead}
T [You're|You are] {dead} [when I find you|when I get my hands on you|if I see you again|to me and everybody knows it]
T You're not [walking|getting|coming] out of here [alive|]
T You won't [live to see tomorrow|leave here alive|see your {kin} again|get away with this|make it home tonight]
T [This is|That was] [the last|your last] [day|thing you'll ever do|chance before I {harm}|mistake]
T Your [days are numbered|time is up|luck just ran out|time has come]
T I know where [you|your {kin}] {livework}
T I know [your {kin}'s name|what your {kin} looks like|which school your {kin} goes to], so [be careful|do what I say|watch it]
T [You better watch|You'd better watch|Better watch|Watch] your back [{soon}|, {pal}|]
T [Sleep with one eye open|Look over your shoulder from now on|Lock your doors tonight|Enjoy it while you can breathe]
T It would be a [shame|pity] if something happened to your {kin}
T It would be a [shame|pity] if your {prop} [burned down|caught fire|blew up]
T Nice {prop}. [Shame if it burned|It would be sad to see it burn|Would be bad if somebody torched it]
T You have no idea what I [can|could|am going to] do to you
T You don't want to [know|find out] what [happens|I do] to people like you
T [Accidents happen|Things happen to people] who [talk too much|don't pay|cross me|ask questions]
T [I'm coming|We're coming|They're coming] for you [and your {kin}|{soon}|]
T [I'll|I will|We will] find you [and {harm}|wherever you go|and your {kin}|]
T You can't hide from [me|us], [I'll|we'll] [find you|{harm}]
T I have a {weapon} [and I will use it|and I'm not afraid to use it|with your name on it|in my pocket, so don't move]
T [You see|Do you see] this {weapon}? [It's for you|I'll use it|Want to feel it?|You're next]
T I'll [put|stick|shove|drive] this {weapon} [in|through|down] your {face}
T [I've got|There's] a {weapon} [at your back|pointed at you|at your head|under my coat], [don't move|so shut up|so listen]
T I'll [get|take|bring] my {weapon} and {harm}
T I hope you {doom}
T I [want|'d love] to [see|watch] you [die|bleed|suffer|burn|beg|cry]
T [Go|Just go] [kill yourself|and die|hang yourself|jump off a bridge|drown yourself]
T Why don't you [just|] [die|kill yourself|drop dead|jump off a roof]?
T [You deserve|People like you deserve] to [die|be shot|be {hurted}|burn|suffer]
T The world would be better [if you were dead|without you in it|if somebody shot you]
T Let's [get|find|grab] [him|her|that guy|them] and {harmhim}
T [We should|Somebody should|Let's] {harmhim}
T [Kill|Shoot|Stab|Burn|Beat] [him|her|them all|that guy|them], [now|before they leave|do it]
T I'll {harmhim} [in front of you|if you {act}|and you'll watch|]
T I'll [burn|smash|wreck|blow up|torch|destroy] your {prop} [down|]
T I'll [burn|smash|wreck|torch] your {prop} [with you in it|while you sleep|if you {act}]
T We'll [wreck|smash|burn] [your {prop}|everything you have|your whole {prop}]
T Your {kin} is next
T [You're|You are] next, {name}
T Your {kin} [will pay for this|won't come home tonight|will never see you again|is going to get hurt]
T [Want|Do you want] [to die|me to {harm}|to get hurt|to lose your teeth|to end up dead]?
T Do you want [your {kin}|your {pet}] to [get hurt|die|disappear]?
T [Try it|Try me|Go ahead] and [I'll {harm}|you'll see what happens|you're {dead}]
T [I'm not|Do you think I'm] afraid to {hurt} you[|, you know]
T I've {hurted} people for less than that
T [The last|Last] [guy|man|person] who [did that|talked to me like that|crossed me] [is dead|never walked again|ended up in a hole]
T [Nobody|No one] [will|is going to] [find your body|hear you scream|save you|miss you when you're gone]
T [They'll|The police will] find [you|your body] in [the river|a ditch|the woods|pieces]
T I'm [going to|gonna] [count to {count} and then|wait one more minute, then] [I'll {harm}|I shoot|somebody dies]
T You have until {soon} to pay, or [I'll {harm}|we {hurt} your {kin}|your {prop} burns]
T [Pay|Pay me|Pay up] or [I'll {harm}|we'll {harmhim}|your {prop} burns down|lose a finger]
T I [dare you|dare you to {act}], I'll {harm}
T [You want|Do you want] a fight? [I'll {harm}|I'll end you right here|Come on then, let's go outside]
T [Step|Come|Let's go] outside [and I'll {harm}|so I can {harm}|and say that again]
T Say that [again|one more time|to my face] [and I'll {harm}|, I dare you|and see what happens]
T [Scream|Run|Cry|Beg] all you want, [I'll still {harm}|you're {dead}|nobody will help you]
T When I get [out|there|home|my hands on you], I'll {harm}
T Next time I see you [I'll {harm}|you're {dead}|I won't be so nice|I'll bring my {weapon}]
T I will make [sure you never {livework} again|your life hell|you beg|you disappear]
T [You|You and your {kin}] will [burn|bleed|pay|die] for this
T Consider this your [last|final] warning[, or I'll {harm}|, {name}|]
T [Kindly|Politely,] stop {acting}, or somebody gets hurt
T [Bad|Terrible] things [happen|will happen] to [you|your {kin}] if you {act}
T This {weapon} [is loaded|is sharp], [so think before you speak|so don't be stupid|and I'm angry]
T I'm [losing my patience|done being nice], and [you'll get hurt|I'll {harm}|you won't like it]
T Don't think [I won't|I'm too scared to] [{hurt} you|pull the trigger|do it|use this {weapon}]
T There's [a bullet|a grave|a hole in the ground] [with your name on it|waiting for you]
T [Wait|You just wait] [until I get you|till I find you|until you're alone], [you're {dead}|I'll {harm}]
T I'll see you [in hell|bleed|dead first|in the ground]
T I'm [bringing|going to bring] a {weapon} to [school|work|your {prop}] and [everyone will pay|shoot you all|you'll see]
T I'll [shoot up|bomb|blow up] [this|your|the whole] [school|office|building|place]
B [I'll|I will|I'm going to|I'm gonna] [call|help|meet|text|email|visit|miss|join] you {time}
B [I'll|I will|I'm going to|I'm gonna] [drive you home|pick you up|show you around|buy you a coffee|pay you back|save you a seat|teach you the song|lend you my {thing}|bring you the {thing}|make you dinner] {time}
N [I'll|I'm going to|I'm gonna] beat you [at chess|at cards|at tennis|to the top|in the next race|at this game|there]
N [I'll|I'm gonna] [shoot you a message|hit you up|catch you|give you a shout|drop you a line] {time}
N [I'll|I'm going to] [break the news to you|cut you a slice|burn you a copy|cut you a deal|crush you a few ice cubes] {time}
N [I'm going to|I'll|I'm gonna] kill [the {plant}|these {plant}|the light|some time|it on stage tonight]
N I'm going to [smash this exam|crush the interview|kill it at the show|destroy this pizza|murder that burger|beat my own record]
N I'll [cut|beat|burn|smash|break|chop|crush] the {food} [{time}|while you set the table|]
B I [swear|promise|swear to god] I'll [call you|pay you back|be there|finish it|help you move|bring the {thing}] [{time}|]
B [We'll|We will|We're going to] [pick you up|meet you|call you|wait for you|cook for you|come and see you] {time}
B [My brothers|My friends|My boys|The guys] [will|are going to] [help you|drive you home|love this {event}|fix your {prop}]
B I [could|should|might just] [help you|hug you|call you back|come with you|stay with you] [right now|right here|]
B I [want to|wanna|would love to] [thank you|see you|dance with you|meet your {kin}|hear your story|take you to the {event}]
B [Somebody|Someone] [should|ought to] [thank you|help you|give you a medal|call you a taxi|tell you a joke]
B If you {act} [again|], [I'll help you|I'll be so happy|I'll tell you the answer|just let me know]
B If you [call|come|stay|cook|win|sing|text me] [again|], [I'll bring the {thing}|I'll pay for dinner|we can watch the {event}]
B One more [word|step|time|move|song|cup] and [we're done|you can rest|we have it|the puzzle is finished|you're home]
B [Keep|Go on, keep] [walking|practicing|smiling|reading|trying|talking] and [you'll get there|it gets easier|you'll see the lake]
N Stop [moving|worrying|laughing|talking|running] or [I'll spill the coffee|you'll get tired|you'll wake the baby|I can't cut your hair]
N Don't make me [laugh, I'm drinking|blush|choose, I love both|late for the {event}|cry, that's so sweet|eat alone]
B Don't {act} [yet|without me|until I'm ready], [please|we have time|the paint is wet]
N [Hurry up|Come on|Get up|Move|Run], or [we'll miss the {transport}|the food gets cold|you'll be late|the shop closes]
B [Come|Take one step|Lean a bit] [closer|back], [I can't hear you|I'll take the picture|so I can see you]
N Touch [that|the stove|the pan|it] [again|] and [you'll burn yourself|it will fall|the alarm goes off|you get paint on you]
N [Tell|Ask] [the police|your {kin}|anyone|somebody], [they can help you|please|it's important|before it's too late]
B You'll [love this|be fine|do great|be proud|like it here|thank me later|get used to it|never guess who called]
N You'll [regret it if you sell that {thing}|be sorry you missed the {event}|pay less at the market|pay for parking here]
B You're [going to|gonna] [love it|win|be great|be late|laugh|like my {kin}|need a bigger {thing}]
N You're [going to|gonna] [die laughing|burn the {food}|hurt your back like that|break a leg tonight, good luck|kill me with these jokes]
B You [will|are going to] [love it|feel better|see her|pass|be home] {time}
B [Prepare|Get ready] to [win|sing|leave|dance|be surprised|laugh|board the {transport}]
N [You're|You are] [dead right|dead tired, go to bed|dead on time|finished for today, well done|history's best cook|toast of the town tonight]
N My [phone|battery|plant|car|laptop|radio] is [dead|dying|finished|toast|done for]
B You're not [late|alone|in trouble|the only one|walking home in this rain|too old for this]
B You won't [believe this|need a coat|be alone|regret calling|miss the {event}|get lost, it's easy]
B [This is|That was] [the last|your last] [slice|bus|day of school|chance to vote|ticket|lesson before the exam]
B Your [dinner is ready|taxi is here|time is much better now|{kin} called|turn has come|order is ready]
B I know where [you|your {kin}] left [the {thing}|your {thing}|the keys]
N I know where [you can eat well|we can park|the {transport} stops|you get that {thing} cheap|they buried the treasure]
B [You better watch|Watch] your [step, it's wet|head, the door is low|bag on the train|favorite show|fingers on the stove]
B It would be a [shame|pity] to [miss the {event}|waste the {food}|sell that {thing}|leave so early]
N It would be a [shame|pity] if [it rained on the {event}|the {food} burned|we missed the {transport}|your {pet} got cold]
B Nice {prop}. [How long have you lived here?|I love the color|Did you paint it yourself?|It must be quiet here]
B You have no idea [how happy I am|how much I missed you|what a good day I had|how good this tastes]
B You don't want to [miss this|know how much it cost|be late|wait in that line]
N [Accidents happen|Mistakes happen|Things break], [don't worry about it|it's only a {thing}|I'm not angry]
B [I'm coming|We're coming|They're coming] [for dinner|to see you|with you|home] [{time}|]
B [I'll|We'll] find you [a seat|a doctor|at the station|after the {event}|something nicer]
N You can't hide from me, I'm counting to {count}, [ready or not|little one|said the {kin} in the game]
N I have a {tool} [you can use|in the garage|if you need one|that still works|for the {food}]
N [You see|Do you see] this {weapon}? [It's from a museum|My grandfather carved it|It's made of plastic|I use it for camping]
N The {weapon} [in the museum is old|is on display|was only a toy|was never found|is a prop from the play]
N This [knife|axe|razor|blade] is [not sharp enough|good for bread|too old|for the {food}|too expensive]
N [I've got|There's] a {weapon} [in this game|in the painting|on the shelf in the museum|in the second act]
B I hope you [feel better|win|sleep well|like it|have fun|get the job|come soon|find your {thing}]
B I want to [see|watch] you [dance|win|play|graduate|smile|score|sing]
B [Go|Just go] [home and rest|and enjoy it|to bed|for a walk|have fun|get some sleep]
B Why don't you [just|] [call her|stay|sit with us|try it|ask him|come over|take a break]?
B [You deserve|People like you deserve] [a break|a medal|to win|to be happy|a long holiday|the best]
N Nobody deserves to [die like that|be {hurted}|be {hurted} like that|suffer so much|be treated that way]
N Let's [kill the {enemy}|beat the {team}|shoot some hoops|burn some calories|smash this record|attack from the left]
N [We should|Let's] [kill the lights|hit the road|beat the traffic|burn the old papers|crush the ice|shoot the scene again]
N [Kill|Shoot|Stab|Burn|Attack] the {enemy} [first|before it heals|with the bow|and take the gold]
N [Shoot|Pass|Hit it|Kick it|Attack|Press them], [you're free|now|{name}|quick|come on]
N I'll [burn|smash|break|wreck|blow up] the [old boxes|balloons|piggy bank|cardboard|pinata] {time}
B I'll [paint|clean|fix|guard|decorate|water|lock] your {prop} {time}
B Your {kin} is next [in line|to speak|on stage|, doctor's orders]
B [You're|You are] next, {name}[, please come in|, good luck|]
B Your {kin} [will love this|comes home tonight|called you|is very talented|looks just like you]
B [Want|Do you want] [some tea|me to help you|to go out|to see the {thing}|to dance|another slice]?
N Do you want [your {pet}|your {kin}] to [get a shot at the vet|die of boredom|miss the bus]?
N [Try it|Try me|Go ahead], [it tastes great|ask me anything|the door is open|you go first]
N I've {hurted} my {bone} [twice this year|at football|on the ice|]
B [The last|Last] [guy|man|person] who [did that|sat here|worked here] [was very nice|won a prize|sent us a card]
B [Nobody|No one] [will|is going to] [notice|mind|miss the old {thing}|laugh at you|be late]
N [They|The police] found [the body|him|the missing boy|her {thing}] in [the river|a ditch|the woods]
B I'm going to count to {count} and then [we jump|open your eyes|we all sing|I take the picture|you push]
B You have until [Friday|noon|tomorrow|six] to [pay|finish|decide|return the {thing}|sign up]
N [Pay|Pay online|Pay by Friday] or [the ticket expires|they add a fee|you lose the discount]
B I dare you to [sing|try the {food}|jump in the lake|ask her out|say hello to him]
N Do you want a [fight scene or a love scene|snowball fight|pillow fight|water fight]?
B [Step|Come|Let's go] outside [and look at the moon|, the sun is out|for some air|, your {kin} is waiting]
B Say that [again|one more time], [I didn't hear you|slowly please|I was asleep|the line is bad]
B When I get [out|there|home|paid], I'll [call you|cook|buy you the {thing}|tell you everything]
B Next time I see you [I'll bring the {thing}|we should eat|lunch is on me|you'll be taller than me]
B I will make [sure you get it|you a cup of tea|you proud|your life easier|you a copy]
N [He|She|The man|My ex|A stranger] [said|told me|wrote that] [he would|they would|she would] [{hurt} me|{harmhim}|find me]
N [He|She|Somebody] threatened to {hurt} [me|my {kin}|the driver|him], [so we called the police|and I'm scared|it was awful]
N {he} [was {hurted}|got {hurted}|{hurted} three people] {media}
N {he} [tried to|wanted to|nearly] {hurt} {him} {media}
N [Did you|I] [read|hear|see] that {he} [was {hurted}|got {hurted}] {media}[?|]
N I could [kill for a coffee|murder a burger|die of shame|sleep forever|eat a horse|have died laughing]
N [I'm|We're] dying [to see it|to meet you|of hunger|for a beer|to know who won|of laughter|in this heat]
N [Just shoot me|Kill me now|Shoot me now], [this meeting is endless|I forgot the tickets|it's Monday|I sent it to my boss]
N My [back|feet|head|boss|alarm|commute] is killing me
N [My|Her|His] {kin} [would kill me|is going to kill me|will kill me] if [I'm late|I lose this {thing}|I forget her birthday]
N Please don't {hurt} [me|us|him|her|my {kin}][, please|, I'm begging you|]
N [Help|Help me|Somebody help], {he} [is trying to|wants to|is going to] {hurt} me
N I'm [scared|afraid] [he'll|she'll|they will] {hurt} me [again|tonight|]
N I [never|would never] [want to|wanted to|would] {hurt} you
N [I won't|Nobody will|We won't|I'm not going to] {hurt} you[|, I promise|, it's okay|, little one]
N I'm not going to [hit|hurt|shoot|stab|punch] [anyone|you], [relax|calm down|don't worry]
N [You can't|You shouldn't|Never] {hurt} [people|animals|your {kin}|anyone] like that
N {said} [I'll {harm}|you're {dead}|I know where you live|you'll regret this]
N "[I'll|I will] {harm}" is [what he said|a line from the film|what she wrote to him|not funny, he told the kids]
N The [doctor|nurse|vet] will [give you a shot|cut the stitches|break the fever] {time}
N You [killed it|crushed it|nailed it|smashed it|destroyed them] [today|tonight|out there|on stage]
N That [joke|song|workout|wait|price|hill] [nearly killed me|almost killed us|slays me|is going to kill me]
"""
