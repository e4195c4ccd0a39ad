"""Everyday speech with no hostile twin of its own: what a home, a shop or a street is full of."""

FRAMES = """
B [Can|Could|Would] you [help me|wait a minute|pass the {harmless}|call me back|open the {openable}|drive me home][, please|]?
B [Have|Did] you [seen|see|find] [my|the|your] {thing}?
B [What|When|Where] [time is|is] the {event}?
B How [was|is] [your day|the {event}|your {kin}|the new {place}|school][, {name}|]?
B [Good morning|Good evening|Hello|Hi], [{name}|everybody|how are you|did you sleep well|nice to see you]
B [Thank you|Thanks] [so much|for the {thing}|for your help|for calling|for coming][, {name}|]
B I [need|want|would like|have] [a new {thing}|two tickets for the {event}|a table for {count}|some {food}]
B [We're|I'm] [out of|looking for|making|buying] {food}
B [My|Your|Her] {kin} [works at the bank|is on holiday|started school|plays the guitar|loves {food}]
B [The|This] {transport} [is late|leaves in {count} minutes|stops here|was full|goes to the airport]
B [It's|It was] [cold|warm|raining|sunny|windy] [outside|all day|again|in the mountains]
B [Let's|We could|Shall we] [go to the {event}|order pizza|take the {transport}|play cards|call {name}|go for a walk]
B I [think|guess|hope] [it will rain|she's at home|we should leave|the {place} is closed|he liked it]
B You [left|forgot|dropped] your {thing} [here|at my place|in the {ride}|on the chair]
B [You should|You have to|You must] [see this|try the {food}|visit us|meet {name}|read that book]
B Your {thing} [is on the table|looks new|was a bargain|is ringing|fell down]
B [Turn|Switch] [on the lights|down the heating|off the {bug}|up the volume] [in the kitchen|please|]
B [Set|Start] a timer for {count} minutes
B [Play|Stop|Skip|Pause] [the music|this song|some jazz|the news|the next episode]
B [Remind me|Don't let me forget] to [call {name}|buy {food}|water the plants|pay the rent] {time}
B What's [for dinner|the weather like|on TV tonight|your name|the score|new]?
B Do you [want|like|need|remember] [the {food}|my {kin}|that {event}|some coffee|the old {place}]?
B I [don't know|can't find it|forgot|have no idea|am not sure], [ask {name}|sorry|let me look|try again]
B [Sorry|Excuse me|Pardon], [I'm late|is this seat free|I didn't hear you|wrong number|that's my {thing}]
B [Happy birthday|Congratulations|Well done|Good luck|Get well soon][, {name}|, {pal}| to you|]
B [Turn|Go] [left|right] at the [bank|light|church|corner], then [straight on|it's the second door|you'll see it]
B [That|This] [costs|is] {count} [dollars|euros|percent off|pounds]
B I'm [on my way|almost there|in the {ride}|at the station|stuck in traffic|home already]
B [He|She|{name}] [is|was] [at work|in the garden|on the phone|asleep|here a minute ago]
B [Who|What] [is|was] [that|at the door|on the phone|in the box]?
B [We|They] [won|lost|played] [the match|against the {team}|by two goals|last night]
B [I've|We've] been [waiting|living here|friends|married|learning it] for {count} years
B [Look|Wow|Oh], [a rainbow|it's snowing|what a view|you're back|the baby smiled|I found it]
B [Your|The] [order|pizza|taxi|package|room] [is ready|is here|arrives tomorrow|will be late]
B [Press|Say|Enter] [one for sales|two to continue|the code|your name after the tone]
B [Is|Are] [there any {food} left|you there|the {place} open|they coming|it far]?
B [Add|Mix|Stir|Boil] the {food} [slowly|for {count} minutes|and some salt|in a bowl]
B You [know|see], [I was thinking|it was years ago|he never called|we met at the {event}]
B [You're|You are] [late|early|right|welcome|home|next|invited|on the list|kidding]
B [You|You guys] [can|could] [come in|sit here|park there|use my {tool}|take the {transport}|stay with us]
N [Beat|Cut|Crush|Chop|Burn|Whip|Smash] the {food} [until soft|into pieces|for a minute|slowly|with a {tool}]
N I [cut|burned|hit|hurt|broke] my {bone} [with the {tool}|on the stove|yesterday|at work|playing football]
N [We|They] [killed|beat|crushed|destroyed|smashed] the [{team}|{enemy}] [last night|again|in the final|by ten points]
N [How do|When do|Where do] you [beat|kill|fight|attack] the {enemy}[?| in this game?| on level {count}?]
N [You|I] [died|got killed|got shot|lost a life] [again|in the last level|, press start|, try another weapon]
N [Behind you|On your left|Reload|Take cover|Grenade|Shoot it], [{enemy}|{name}|in the game|quick|heal me]
N [Kill|Stop|Restart|End] the [process|server|task|program|job] [and try again|on port eighty|before the update|]
N The [news|report|paper] said [a man|two people|a woman|someone] [was {hurted}|died in the fire|had a {weapon}|got {hurted}] [downtown|last night|yesterday|]
N [Police|The court|The jury] [arrested|charged|freed] the man who {hurted} {him}
N I'm [watching|reading] a [film|book|show] about [a killer|a robbery|the war|a kidnapping|a stalker|the mob]
N [The|That] [fire|storm|flood|explosion] [destroyed|burned down|wrecked|smashed] [their|the old|half the] {prop}
N [My|The] [plants|fish|flowers|bees|trees] are [dying|dead|burning in the sun|suffering in this heat]
N [Don't|Never] [shake|shoot|drop|burn|hit|kick] the [camera|{thing}|ball|cat|machine][, please|, it's new|]
N [Shoot|Pass|Tackle|Block|Hit|Kick] [him|it|the ball|that], [ref|{name}|team|come on][!|]
N I [hate|can't stand] [this {bug}|Mondays|the traffic|my alarm|losing|it when you leave]
N I [hate|feel stupid about|blame] [myself|what I did|my own laziness|that mistake]
N [I want to die|I could die|I nearly died], [it was so embarrassing|I spilled {food} on the boss|she saw me dance]
N I [sometimes|often|] want to [hurt myself|disappear|end it all|give up on everything], [I need help|please help me|can we talk]
N [Help|Help me|Please help|Somebody help]! [I fell|My {kin} is not breathing|There's a fire|He has a {weapon}|I'm hurt|Call the police]!
N [Stop|Let go|Don't touch me|Get off me|Leave me alone]! [You're hurting me|I'll call the police|Somebody help me|Please]!
N [He's|She's|They're] [following|hurting|hitting|chasing] me, [please help|call someone|I'm scared]
N [He|She|My boss|The neighbor] [yelled at|insulted|hit|threatened|pushed] [me|my {kin}|{him}] [{media}|and I cried|again|yesterday]
N [Did|Has] [he|she|anyone|that man] [hurt|hit|threaten|insult|touch] you?
N [Why|When] did [he|she|they] {hurt} [him|her|the {enemy}|the king]?
N [Yes|Yeah|Woo|Goal|Go], [we did it|we won|let's go|come on|that's my girl|what a shot]!
N [Dinner|Kids|Boys|{name}], [come inside|time to eat|come here now|get in the car|hurry up]!
N [Wake up|Get up|Come on|Hey], [sleepy head|it's late|we won|you have to see this|breakfast]!
N [Mom|Dad|Honey|{name}]! [Where are you|Come quick|Look at this|I'm home|The {bug} is broken]!
N [Watch out|Look out|Careful|Stop|Duck], [a {tool}|a bike|the {ride}|the {food} is burning|it's slippery]!
N [Five more|One more|Push|Breathe|Harder|Keep going], [you've got it|don't quit|last set|almost there]!
N It's [a damn|a fucking|a bloody|such a] [miracle|shame|good game|mess|beautiful day]
N [I'm|We're] [fucked|screwed|so dead|toast], [the exam is tomorrow|I lost the keys|mom saw the window|the {bug} broke again]
N [Oh shit|Oh my god|Holy crap|Damn it|Bloody hell], [the {food} is burning|I'm late|you scared me|it's huge|where's my {loot}]
N The [knife|gun|bullet|bomb|axe] [in the game|in the story|in the museum|on TV] [is fake|is famous|looks real]
N You're [a killer dancer|dead funny|a beast at chess|sick on the drums|a monster in the gym|wicked smart]
N [Give up|Surrender|Die|Fire|Charge], [said the king|is what the actor shouts|read the sign|you stupid {enemy}]
N [Battle|Crime|Murder|Horror|War] [movies|stories|games] [scare me|are too long|are not for kids|bore me]
N [If|When] someone [tells you to|says] [hand over your {loot}|get out|shut up|I'll {harm}], [call us|stay calm|walk away|tell a teacher]
N [Would you|Do you] ever [fight|shoot|hunt|box|kill a {enemy}]?
N [Who|What] [killed|attacked|bit|hit] [the king|your {pet}|{him}|the lights]?
"""
