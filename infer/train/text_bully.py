"""Bullying, sexism, stalkers, controlling partners, blackmail and exclusion beside teasing, gossip, apology and telling an adult."""

FRAMES = """
A Nobody picked you, [take the hint|loser|because you stink]
B Nobody picked the [pizza|blue one|window seat], so have it
A Who invited [it|this thing|the leper]? Go away
B Who invited [everyone|Grandpa|the band]? Well done
A You can't sit with us, [ugly|weirdo|freak]
B You can sit with us, [Ellie|new kid|there's room]
A We had a vote, and [everyone hates you|you're out, loser]
B We had a vote, and [you won|pizza won|you're captain]
A Ew, it [touched me|talks|followed us], get it off
N Ew, the [slug|spider|jellyfish] touched me, get it off
A Don't sit there, [you'll make it dirty|germ bag|that's for humans]
B Don't sit there, [the paint's wet|that's Nan's chair|it's broken]
A You eat alone because you're [gross|boring|nothing]
N I eat alone because I [like it|read|start late]
A Did your mum [dress you from a skip|cut that with a knife and fork]?
B Did your mum [knit that|make these|pack you a lunch]?
A Nice [shoes|coat|bag], did you find it in a bin, tramp?
B Nice [shoes|coat|bag], did you find them in the sale?
A Look, it's [Pizza Face|Thunder Thighs|Bucket Mouth]
B Look, it's [Father Christmas|my old teacher|a rainbow]
A Your [laugh|nose|voice] makes people want to [vomit|leave]
B Your [laugh|voice|soup] makes people want to stay
A No wonder your dad [left|drinks|can't look at you]
N My dad left when I was [six|small], no wonder I cried
A Go cry in the [toilets|corner], crybaby
B Go cry in the [bath|garden] if you need to
A Everybody laughs when you [read|run|dance], dummy
B Everybody laughs when you [tell that one|do the voice]
A You're the reason this team [loses|is a joke], fatty
B You're the reason this team [wins|came back|has fun]
A I bet your own [dog|gran|mirror] can't stand you
B I bet your own [dog|gran] missed you
A You'll die alone, [and no one will cry|cat lady|loser]
N I'm scared I'll die alone, [to be honest|that's all]
A Keep eating, [whale|piggy|lardball]
B Keep eating, [there's plenty|you're growing|it's all paid for]
A You run like a [cow|broken fridge|fat duck]
B You run like a [cheetah|deer|champion]
A What are you, a boy or a [thing|joke|mistake]?
B What are you, a [cat or a dog person|Leo or a Virgo]?
A Why are you even [alive|breathing|here], waste?
N Why are you even [awake|up|in the office], it's Sunday
A Ha, she actually thought we [liked her|were friends], idiot
N Ha, I actually thought it was [Friday|free|real], what an idiot
A You wish you were [me|pretty|normal], don't you, troll?
B You wish you were [home|on the beach|asleep], don't you, pet?
A Delete your account, [clown|nobody cares|ugly]
B Delete your account [first|in settings|if you want a break]
A Imagine posting that face, [yikes|couldn't be me|barf]
N Imagine [posting that by accident|sending that to your boss], yikes
A That video proves you're [brain dead|a failure|trash]
B That video proves you're [improving|a natural|a dancer]
A Ratio, [loser|L, nobody asked|go touch grass, incel]
N Touch grass? [Good idea, I've sat all day|I have hay fever]
A Three followers, and two are [bots|your mum], pathetic
N Three followers, and two are [bots|my mum], I'm pathetic
A Your singing should be [illegal|put down], tone deaf cow
B Your singing should be on [the radio|a record|every night]
A Somebody filter that [mutt|gargoyle|pug ugly face]
B Somebody filter that [coffee|water|photo], it's grainy
A You're a [sad virgin|basement rat|keyboard hero], nothing more
B You're a [night owl|bookworm|sweet kid], nothing wrong with it
A Cry more, [snowflake|baby], your tears are funny
N I cry more [at weddings|since the baby came]
A Nobody would notice if you [vanished|dropped dead]
B Everybody would notice if you [left|stopped singing]
A Why can't you be like your [sister|brother], you dunce?
N Why can't I be like my [sister|brother], I'm such a dunce
A I should have [had a dog|stopped at one child], not you
N I should have [had a dog|brought a coat], honestly
A You were a mistake, [our worst one|everyone knows|own it]
N It was a mistake, [mine|we all make them|own it]
A Mummy's little [failure|disappointment|liar] is home
B Mummy's little [helper|reader|star] is home
A You'll end up in the gutter like your [mother|father]
B You'll end up on the stage like your [mother|father]
A You ruined my [life|figure|marriage] by being born
N You ruined my [sleep|lipstick] by making me laugh
A Stop blubbing, you [girl|wet rag|baby]
B Stop [digging|giggling|packing], you daft lot
A Man up, [sissy|wuss|soft lad]
N Man up, they used to tell us, [and it hurt|what rubbish]
A My son plays football, yours plays the [sissy|fool]
B My son plays football, yours plays the [violin|drums]
A You couldn't organise a [drawer|sandwich], and you're a manager
B You could organise a [circus|wedding|revolution], manager or not
A Another typo? [Did you skip school|Are you simple], Gary?
B Another typo? [I do it daily|Easily fixed|No worries], Gary
A Take notes, since thinking is [beyond you|not your thing]
B Take notes, since [I talk fast|there's a quiz]
A You got hired for your [legs|chest|daddy], let's be honest
B You got hired for your [ideas|Spanish|patience], let's be honest
A Smile more, [sour bitch|or people think you're a hag]
B Smile [once for Grandma|on three|if you found it]
A The intern has more [brains|guts] than you, dinosaur
B The intern has more [cake|questions] for you, boss
A I'd fire you, but [pity stops me|who else would take you], fool
N I'd fire him, but he [brings doughnuts|is my uncle]
A This report is garbage, and so are you
N This report is garbage, and I wrote it
A Your idea? [A baby has better|Please, you can't think|How cute, moron]
B Your idea? [It's brilliant|I love it|Let's try that]
A Are you going to cry now, little [manager|boss|man]?
N Are you going to cry at the [film|airport]? I am
A Thanks to you, the [client|whole office] laughs at us, dimwit
B Thanks to you, the [client|whole office] is happy
T Tell the teacher and I'll [break your nose|burn your hair|get you]
B Tell the teacher and she'll [stop it|listen|move you]
T See you at the bus stop, [victim|dead kid|bring a bandage]
B See you at the bus stop, [mate|bring an umbrella|usual time]
T After the bell, [your face is mine|we kick you|you get it]
B After the bell, [line up|your mum is coming|we'll swap]
T Your head's going down the [toilet|drain|bog]
N Your hat's going down the [toilet|drain|river], grab it
T I'll stuff you in that [locker|bin|bag]
B I'll stuff it in that [locker|bin|bag]
T Cry to Mummy, she's weak, and I'll [do it harder|cut your hair off]
N I cried to Mum and she [rang the school|made it better]
T Your bike's next, then your [legs|dog|teeth]
B Your turn's next, then your [sister|friend|dad]
T Walk home alone tonight, [I'd love that|see what follows you]
N Don't walk home alone tonight, [there's ice|I'll drive]
T We know which [window|bed] is yours, Billy
B We know which [coat|lunch] is yours, Billy
T Nobody crosses our gang and [keeps their teeth|walks straight]
N Nobody crosses our road and [looks both ways|waves]
T I'll make every day here hell for you
B I'll make every day here fun for you
T You'll wish you'd changed schools, [rat|wimp], when we're done
N I wish I'd changed schools, when I [was twelve|had the chance]
T If I fail, you [bleed|eat dirt|get stamped on], swot
B If I fail, you [take me for ice cream|can say I told you so]
T Pay by Friday or your [diary|photos|secrets] go round the office
N Pay by Friday or your [library card|trip place] goes
T I've got your photos, [be nice|so think carefully|five hundred or I post]
B I've got your photos, [they came out lovely|shall I print them]?
T One click and your [boss|wife|church] sees everything
B One click and your [gran|boss] sees the baby
T Block me and the video goes [online|to your father]
N Block me, he said, [so I did|and I was glad]
T I'll tell them all what you [did|are|hide], unless you pay
B I'll tell them all what you [cooked|said], it was so funny
T Your little secret costs [a grand|fifty a week], shame if it slipped
B Your little secret is safe, [I promise|cake and all]
T Leave me, and I [burn your things|cut your face|kill myself and you]
N Leave me, and take the [kids|umbrella], I'll run
T Look at another man and I'll [scar you|blind you]
B Look at another flat and I'll [come along|bring a tape measure]
T You go when I say, or you [go in a box|don't go alive]
B You go when I say, [ready, steady|on three]
T I watched you sleep, [you left the latch open|and I had a knife]
B I watched you sleep, [you looked so small|and then I slept]
T I sit outside your [house|gym|office], always
B I sit outside your [shop|class] with a flask
T Change your number, I'll still [find you|come|get in]
B Change your number, [save my new one|then text me]
T You looked [scared|pretty] through the window last night, alone
B You looked [happy|pretty] in the window seat last night
T Every door you lock, I [open|break]
B Every door you lock, I [lose the key|check twice]
T You'll love me or you'll [lie in the ground|lose that face]
B You'll love it or you'll [send it back|give it away]
T He takes my place, he [dies|disappears], understand
N He takes my place, I [take the bench|get a rest], understand
T I cut up your [dress|photos|teddy], you're next
N I cut up your [pear|old jeans|meat], is that okay?
T Dinner's cold, so [you get the back of my hand|now I'm angry, come here]
B Dinner's cold, so [grab the cheese|I'll warm it up]
T Keep your voice down, love, or I'll [shut it for good|gag you]
B Keep your voice down or [she'll hear the surprise|he'll wake]
T Next time I won't use the [flat of my hand|soft end]
B Next time I won't use the [oven|good plates|salt]
T I'd think of the children before calling anyone, [dear|if I were you]
B I'd think of the children before buying [glass tables|white sofas]
T Mum can't see you now, can she, [brat|so hold out your hand]?
B Mum can see you now, [wave|in you go|love]
T I'll lock you in with the [rats|dark], like before
N He locked me in with the [coats|dark] when I was small
T Your cat had an accident, [sis|you're next]. Oops
N Your cat had an accident [on the rug|in the car]. Oops
T Grandma's pills are easy to swap, sister
B Grandma's pills are easy to sort, sister
T One email from me and you're [finished|on the street], so be sweet
B One email from me and you're [booked in|on the list]
T Say no to me and kiss your job goodbye, sweetheart
N Say no to me, it's fine, your job is safe
T File that complaint and I'll [bury you|ruin your name|end you]
B File that complaint, and I'll [back you|sign it too]
T Women who talk [lose their teeth|get hurt|fall down stairs]
N Women who talk [on that podcast|in meetings] inspire me
T I'll run you down in the car park, [boss or not|bitch]
B I'll run you down to the car park, [boss|love]
T I know your kids' school, [colleague|so drop it]
B I know your kids' school, [mine went there|great staff]
T Hope your [house|car|hair] catches fire, [slut|teacher's pet]
N Hope your [team|sister] catches the train
T Someone should push you [under a train|off that bridge], freak
B Someone should push you [on the swing|to apply]
T Just end it, [nobody wants you|do it tonight|jump already]
N Just end it [on a high note|with a chorus|there, it's a good essay]
T We're all hoping you [hang yourself|choke], weirdo
B We're all hoping you [pass|stay|sing], Holly
T We'll make a page to [ruin|finish] you, whore
B We'll make a page to [thank|surprise] you, Dad
T I found your address online, [coming over|lock your door]
B I found your address online, [parcel's coming|is it the red door?]
T I have friends who [hurt girls like you|break boys]
N I have friends who [hurt their knees|break plates], it's Greek
T You'd better stay home sick tomorrow, [nerd|or bleed]
B You'd better stay home tomorrow, [you're hot|you're coughing]
T Say sorry, or I stamp on your [hand|glasses|phone]
B Say sorry, or [write it down|just hug her] now
O Lunch money, [now, nerd|or the bin|in my hand]
B Lunch money, [I put it in your bag|have you got it?]
O Lick my shoe, [go on, dog|or we won't stop]
N Lick your lips, [chocolate|you've sauce there]
O Do my maths or [eat dirt|lose your glasses]
B Do my maths quiz [with me|before tea]
O Bark like a dog, [pig|fatty|or the phone gets it]
B Bark like a dog, [now a cow|for the baby|it's charades]
O Drink it, [coward|all of it, bitch|or we hold you down]
B Drink it or [it goes cold|your sister will]
O Out of the pool, [whale|no fatties|freak]
B Out of the pool, [lips are blue|it's home time|lunch]
O Move, [four eyes|runt|please, before I shove you]
B Move or [you'll get wet|the ball hits you], sleepyhead
O Say you're a loser, [louder|please, while I twist it]
N Don't say you're a loser, [ever|come here]
O Turn round and [take it|face the wall], boy, belt's off
B Turn round and [look up|blow a kiss], boy, camera's on
O Empty your [rucksack|pencil case] on the ground, dork
B Empty your [rucksack|pencil case] on the table, please
O Get off our [bench|court|wall], reject
B Get off now or [we miss Green Park|it's a long walk]
O Take it off, [that jumper's mine|I said, or I rip it]
B Take it off or [you'll boil|it'll shrink] now
O Crawl to me, [worm|and kiss it|or no phone back]
B Crawl to [Daddy|me|the ball], clever baby
O Hold her [down|arms] while I [cut|film], quick
B Hold her [hand|bag] while I [park|pay], quick
O Say cheese, fatso, [or I hit you|you pig, or else]
B Say cheese, [everyone|Grandad|squeeze in]
O Show me your phone, [all of it|what are you hiding, slut|open it]
B Show me your phone [case|photos, love|, is it the new one?]
O Wipe off that lipstick, [tart|you look like a whore|before I do]
B Wipe your face, love, [ketchup|mud], you look like a clown
O You're not wearing that, [get changed, slag|take it off now]
B You're not wearing that? [Can I have it|It's gorgeous]
O Quit your job, [I decide here|woman|or I make you]
N Quit your job, [they treat you badly|if it hurts], I'd say
O Text him it's over, [I'm watching|now, or I will hurt him]
B Text him it's over at [nine|the church hall]
O Give me your wages, [every penny|stupid|as always, or else]
B Give me your [wet coat|hand], it's slippery
O Ask my permission first, [always|cow|on your knees]
N Ask my permission first? [You don't have to, silly|I'm not your dad]
O Sleep on the floor tonight, [you earned it|bitch]
B Sleep on the sofa tonight, [it's late|we've room]
O Never see your sister again, understood
N I never see my sister, she's in Peru
O Stand in the corner till [I'm bored|you drop], you brat
N Stand in the corner till [she opens it|we shout surprise]
O Hands out, [this will hurt|don't flinch|take it]
N Hands out or [you won't catch it|no sweets], now
O Not a word to your mother, [or else|hear me?|I'll know]
B Not a word to your mother, [it's her birthday|it's a surprise]
O Lie for me, or [I go down and so do you|lose your tongue]
N Don't lie for me, [I did it|it isn't worth it]
O Send me a picture of your card, [or I post it all|both sides, fast]
B Send me a picture of your [dinner|new kitchen|garden]
O Five hundred, [bitcoin|cash], by midnight, or everyone knows
B Five hundred, cash, for the [sofa|moped], is it sold?
O Meet me alone, [or the photos go out|no police|bring cash]
B Meet me [outside|at six|by the clock], bring cash for parking
O Sack her, she's trouble, [or I talk|you owe me]
N They'll sack her, [it's so unfair|poor thing|I heard]
O Get me coffee, [girl|doll|and wiggle]
B Get me a coffee too, [would you|ta|I'll pay]
O Stay late and be nice to me, or you're out
B Stay late and have cake with us
O Sign your own dismissal, [loser|or I frame you]
B Sign your own name here [and here|, please]
O On your knees and [apologise|scrub], intern
B On your bike and [enjoy it|ring me there], intern
O Dance for us, [monkey|fatso], or no ride home
B Dance for us, [Nana|go on], you're so good
O Take the blame, [coward|please, or he beats you]
N I'll take the blame, it was me
O Pick up my books, please, [slave|worm]
B Pick up my books [from reception|please|, I'm late]
A She's only a girl, [what does it know|get it out]
N She's only a girl, [be gentle|she's nine|give her time]
A You throw like a girl, [pansy|pathetic]
N You throw like a girl, [a really good one|and girls win]
A Back to the kitchen, [sweetheart|doll], men are talking
B Back to the kitchen, [love|chef], soup's boiling over
A Is it that time of month, [hysterical cow|nag]?
N Is it that time of year? [The mince pies|Already?]
A Nice legs, [shame about the face|pity about the brain]
B Nice legs, [is it oak|on that table, I mean]
A You slept your way up, [admit it|tramp]
N I slept my way [through that film|to York]
A You'd be hot if you [shut up|lost the face]
N You'd be hot [in that coat|if you ran]
A No man wants [used goods|damaged trash], and that's you
N No man wants [flowers|a card], they say, but I do
A Old maid, [dried up|nobody ever asked|bitter hag]
N Old maid is [a card game|just a phrase|my favourite game]
A Eye candy can't think, [stick to filing|so hush, bimbo]
B You can think, [so hush the doubt|trust it]
A Frigid [bitch|cow], I only asked you out
N Freezing, [sorry|gosh], I only asked you out to see stars
A Boys don't cry, you [sissy|wimp|disgrace]
N Boys do cry, [you know|and so do I|it's healthy]
A Without me you're [nothing|dirt|a nobody], always were
B Without you I'm [lost|a mess|bored], always was
A You're too [stupid|weak|crazy] to live on your own
B You're [ready|old enough|able] to live on your own
A Who else would want [that body|a wreck like you]?
B Who else would want [the last slice|a go]?
A You never say anything [clever|worth hearing], so don't speak
B You never say anything [mean|unkind], so I trust you
A My friends think you're a [joke|dog|pig], and they're right
B My friends think you're [great|a scream], and they're right
A You're crazy, [it's in your head|no one believes you], psycho
N I'm not crazy, [it isn't in my head|he said it]
A Even your tears are [fake|ugly], drama queen
B Even your [tea|lasagne] is perfect, domestic queen
A You're lucky I [put up with you|feed you], leech
B You're lucky, I [saved you some|had a spare]
A You make me hit you, [you know that, idiot?|it's your own fault]
N You make me [hungry|laugh|proud], you know that?
A I married a [pig|maid|failure], look at you
B I married a [chef|saint|poet], look at him
A Cooking? You call this slop cooking, [useless woman|thicko]?
N Cooking? I call this [burning|luck], I'm hopeless
A Your brother got the [looks|brains], you got [nothing|the fat]
B Your brother got the [lamp|clock], you got the [piano|dog]
A Black sheep, [you shame this family|be gone]
N Black sheep [give good wool|in the field, look]
A Don't call me Dad, [I've no son like you|loser]
N Don't call me Dad at work, [it's Mr Hill|champ]
A Stepchild, [you're not family|eat in the shed]
N My stepchild [calls me Mum|turned ten today]
A You're uninvited, [for good reason|mouth breather]
B You're invited, [for cake and games|bring a friend]
A Whose idea was it to let the [fat one|smelly kid] play?
B Whose idea was it to let the [little one|goalie] play?
A Freaks like you belong in a [cage|circus tent]
N Bears don't belong in a [cage|circus tent]
A There's a word for you, [and it's trash|skank|vermin]
B There's a word for you, [and it's kind|legend]
A Hey, Dumbo, [flap off|those ears|heard this?], ha ha
N Hey, Dumbo is [on at four|such a sad film]
A I've seen better [hair|faces] on a [mop|corpse]
N I've seen better [hair|days], this wig itches
A Snitch, everyone [spits on|avoids] you now
N Snitch? No, you [told an adult|were brave]
A Your stutter's hilarious, [b-b-baby|retake, thicko]
B Your stutter's fine, [take your time|I'm listening]
A Swot, [suck up|nobody likes a know-it-all|kiss his boots]
B Swot [a bit tonight|up on rivers], the quiz is tomorrow
H Girls can't [code|lead|drive], they're [too dumb|born to scrub]
N Girls can't play here, he said, so she scored [twice|four]
H Women at work are [whining leeches|a mistake], send them home
N Women at work are [paid less here|still asked to make tea], it's wrong
H All women [lie|cheat], they need [a firm hand|locking up]
N Not all women [cook|knit|want kids], and why should they
H Females shouldn't [vote|speak|earn], it's [biology|nature]
N My gran's generation fought so women could [vote|earn]
H Feminists are [diseased|ugly trash], [drown|cage] them all
N Feminists are [speaking tonight|on the panel], come along
H Gay kids [get what they deserve|should be kicked out|are sick]
N Gay kids [get bullied more|need allies|should feel safe here]
H That's so gay, [and gays should be shot|gays make me puke]
N That's so gay, they'd say, and I [hid|went red]
H No [Jews|Asians|gypsies] at our table, they [stink|spread germs]
B No [phones|elbows] at our table, [Granny says|they spread germs]
H Your skin's dirty, [go wash it, African|Africans never wash]
N Your skin's dry, [use this cream|it's the cold]
H Chinese kids eat [bats|dogs], keep away from the [filth|virus]
B Chinese kids eat [rice|noodles] and chips like the rest
H [Muslim|Arab] boys are all [bombers|terrorists], don't play with them
N [Muslim|Arab] boys in my class get called terrorists, it's vile
H Take that [hijab|turban] off, [your kind aren't welcome|this is our school]
N She may take that [hijab|turban] off or not, it's her choice
H Refugee kids should [drown|starve|go back], they ruin our class
B Refugee kids should [join the club|get a tutor], they love our class
H Send the [deaf|slow|crippled] ones to a home, they're [subhuman|deadweight]
N Send the [deaf|slow|disabled] pupils the notes early, it helps
H [Trans|Gay] teachers are [perverts|predators], get rid of them
N My [trans|gay] teacher is [so kind|leaving], we all cried
H Nobody hires [fat|old|foreign] women, they're [revolting|slow cattle]
N Nobody hires [old|foreign] women like me, it's hard
H Trailer trash like them should be [sterilised|fenced off]
N Trailer trash, they called us, [we were just poor|it hurt]
H [Gypsy|Roma|traveller] kids are born thieves, bar the door
N [Gypsy|Roma|traveller] kids get blamed for theft, it's a lie
H You people multiply like rats, [immigrant|Muslim|Mexican]
B You people multiply well, [class four|six times nine]
H Wheelchair kids slow us down, [leave that thing outside|they're not real people]
B Wheelchair kids first, then [the rest of us|the walkers]
N Stop it, [he's had enough|that's bullying|it isn't funny any more]
A Stop it? [Make us, loser|Says who, maggot|Aw, the pig squeals]
N Leave her alone, [all of you|she's crying|pick on nobody]
O Leave her to us and [walk|shut up|forget it], if you like your face
N I'm not scared of you [any more|or your friends]
A You're scared of your own [shadow|dad], chicken
N You don't get to [hit|own|scare] me again
T You get to [hurt|bleed|beg] again tonight
N Miss, they [pushed me|took my bag|call me names] at break
T Miss, [mark me down and I'll slash your tyres|fail me and you bleed]
N Mum, someone keeps sending me [horrible messages|pictures of my house]
T Mum, give me the money or [I hit you|the telly goes through the window]
B I'm sorry I [laughed|pushed you|left you out], that was mean
A I'm sorry you're so [hideous|thick|needy], that's all
B I should never have [said that|read your diary], forgive me
T You should never have [said that|come back], now you pay
N He wrote [fat cow|loser|die] on my locker
A Fat cow, [it's on your locker|moo for us|who let you graze]?
N They called me [ugly|dumb|trash] for years, and I believed it
A They call you [ugly|dumb|trash] for a reason
B How did it feel when she [hit|mocked|ignored] you?
A How does it feel to be [hated|the ugliest here]?
B You didn't deserve [that|any of it], and it wasn't your fault
A You deserved [every slap|it all], and it's your own fault
N I still hear him say [you're useless|nobody loves you]
A Hear me, [you're useless|nobody loves you], get it?
N Did you hear she [dumped|slapped|sacked] him? About time
T Did you hear what I did to the last [tart|rat]? Same for you
B Don't tell anyone, but she's [pregnant|moving|leaving him]
T Don't tell anyone, or she's [dead|hurt|gone]
B You big [softie|nerd|goof], come here
A You big [zero|ape|oaf], get lost
B Shut up, you did not [win|kiss him|eat nine]
O Shut up, you did not [ask|have leave to speak], now kneel
B I hate you, your hair's [perfect|so shiny]
A I hate you, your hair's [a rat nest|greasy], everything is
B You're dead to me, [you ate my fries|no spoilers, please], ha
T You're dead, [the whole school knows it|so run, four eyes]
N Report and block, [that's what I did|don't reply|then screenshot it]
T Report me and [I leak it|your face gets cut]
N The law says stalking is a [crime|serious offence]
T The law can't stop me [having you|coming in at night]
N My ex waits outside my [work|house], I'm frightened
T Your ex waits outside your [work|house], be frightened
B Pack a bag, the [refuge|police] will take you in
O Unpack that bag, [you go nowhere|woman|or I break your arm]
N He took my [keys|phone|passport] so I couldn't leave
O Keys, phone, passport, [to me|on the bed, now], you don't leave
B Walk away, breathe, and tell [a grown-up|someone]
T Walk away, and I [trip you down the stairs|stab your back]
B Come and sit with [me|us], ignore them
O Come and sit at my feet, [dog|peasant]
N Words can [hurt|cut|kill], so choose them well
T Words won't hurt you, [pliers will|this belt will]
N In the play he bullies [a small boy|the new girl]
T I bully small boys like you, [for keeps|till they break]
N No one should be afraid to go to [school|work|bed]
T You should be afraid to go to [school|sleep]
N Being different isn't [a crime|wrong], love
A Being you is [a crime|embarrassing], isn't it
N I was the bully once, and I'm [ashamed|sorry]
A I'm ashamed to be seen near you, stinker
N Kill your darlings, the [writing coach|editor] said
T Kill your dog, that's what I'll do, if you talk
B Roast me, [go on|I can take it|it's my birthday]
T Roast you? [I'll burn you|With petrol, gladly]
A What a [sad|boring|grubby] little life you have
B What a [cosy|tidy|sunny] little place you have
A No one's coming to your party, [stinky|Norma No-Mates]
N No one's coming to my party, [Mum|I want to cancel]
A You copied me, [thief|you brainless sheep|bitch]
B You copied me [in, thanks|on the wrong email]
N I was born with this [face|nose], and it's fine now
B Your face when you [won|saw the cake|opened it]
B You were born to [dance|win|shout on stage], cow costume and all
B Wash your face or [we'll be late|the cat will]
N They're fat, they're ugly, they're my [slippers|drawings]
B They're here now, [go and say hello|your cousins]
N I can't [face|bear] school, they're all so loud
B Loser [does the dishes|buys ice cream], now deal the cards
"""
