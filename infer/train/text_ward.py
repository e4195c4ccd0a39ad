"""Wards, homes, pharmacies, desks, prisons, libraries, buses and call centres: menace at staff beside pain, plea and procedure."""

FRAMES = """
T Touch that drip and [I'll break your wrist|you lose a finger|I'll bite you]
N Touch that drip and [the alarm goes off|it starts to bleed again|Matron will have a fit]
T That needle goes [in your eye|in you|in your neck] next
B That needle goes [in the yellow bin|in your left arm|in the tray] next
T Come near me with that [tray|tube|mask] and I'll [swing for you|knock you flat|bite]
N Come near me with that [spider|snake|trifle] and I'll [scream|faint|eat the lot]
T I'll be [by your car|at the gate] at ten, nurse, [with a bat|so run]
B I'll be [by your car|at the gate] at ten, nurse, [with the keys|bring Mum]
T Doctor or not, I'll [flatten you|throttle you|put you on your back]
B Doctor or not, [you need lunch too|you look tired|he still queues like us]
T If [he|she|my dad] dies, you [die|die too|go with him|are next]
N If [he|she|my dad] dies, I [want to be there|don't know what I'll do|won't cope]
T One of you is [leaving here on a stretcher|going out in a bag|getting stabbed]
B One of you is [going home today|on nights next week|first for lunch]
T Wrong pills again, and [I'll do you|you get hurt]
N Wrong pills again, and [I'm reporting it|I want a doctor]
T I know which [bus|train|road] you take home[, nurse|]
B I know which [bus|corridor|lift] you want[, nurse|]
T I read your badge, I'll [find your house|find your mother]
B I found your badge, [by the sink|in the laundry|here]
T Ring that bell again and [you swallow it|I break your hand|I tie you down]
B Ring that bell again [if it hurts|when you're done|and I'll come straight away]
T No one checks [this room|on you] at night, so behave
B Someone checks [this room|on you] at night, [don't worry|Grandma|every hour], so sleep
T Wet the bed again and you'll [sleep in it|get the belt|feel my hand]
B Wet the bed again? [Never mind|It happens|I'll change it], love
T Tell your son about this and [I'll stop your pills|you get no supper|it gets worse for you]
B Tell your son about this [lovely day|new chair|parcel when he rings]
T [Accidents happen in the bath|Old bones break so easily|People choke on dinner], so be nice to me
N [Accidents happen in the bath|Old bones break so easily|People choke on dinner], so stay beside her
T Keep crying, and I'll [hold the pillow over your face|give you a real reason|shut you up for good]
B Keep crying, [let it out|it does you good|I'm not going anywhere]
T Fill this prescription or I'll [come over that counter|smash every bottle|burn this place]
B Fill this prescription [today or tomorrow|and I'll pop back|at any branch you like]
T I'm coming over this counter [for you|to break your jaw|and you won't like it]
B I'm coming over to this counter [next|since that one's shut|to pay]
T Say no to me once more, [see what happens|and I climb over|and I hit you]
B Say no to me [if it's too much work|any time you want|, I won't mind]
T Stop my [money|benefits|payments] and I'll stop your [heart|breathing|clock]
N Stop my [money|benefits|payments] and I'll [lose the flat|have no food|starve]
T You've signed your own death warrant, [pen pusher|lady|pal]
N You've signed [the wrong form|in the wrong box|on my sleeve], [my dear|lady|pal]
T I'll bring [petrol|a hammer|a blade] next time you refuse me
B I'll bring [my passport|the letters|both forms] next time I sign on
T I'll petrol bomb this [job centre|office|council]
N Somebody once petrol bombed this [job centre|office|police station], years ago
T Open that hatch or I'll [kick it in|put a chair through it|drag you out of it]
B Open that hatch [for the tea trolley|at nine|a bit wider]
T My kids go hungry, yours get [hurt|a beating|buried]
N My kids go hungry [in the last week|so I come to the food bank|and nobody rings back]
T You'll be [shanked|cut|sliced] in the shower, new boy
B You'll be [fine|called|seen] in the morning, new boy
T My wing, so pay or [bleed|burn|go under]
N My wing, so [tell me|ask for a blanket|come to me] first
T Grass on us and we'll [scald you|cut your face|pour boiling sugar on you]
N Grass on the [yard|path|pitch], and we [cut it|rake it]
T Sleep tight, cellmate, [I've a blade under here|I'll wake you with this|you won't wake up]
B Sleep tight, cellmate, [visits are at ten|only two weeks left|I'll turn the telly down]
T Somebody on the outside [knows your wife|is watching your kids|can reach your mother][, officer|]
N Somebody on the outside [writes to me|sends me books|still believes in me][, officer|]
T I get out [Friday|in March|next week], and I'm coming for you
B I get out [Friday|in March|next week], and I'm coming home to you
T Take these cuffs off and I'll [kill you|headbutt you|show you what pain is]
N Take these cuffs off or [I'll faint|my hands will die], please
T I remember every face here, and I'll [hurt you all|get each of you]
B I remember every face here, and I'll [thank you all|miss each of you]
T Lock me up, my [cousins|boys|crew] will visit your [wife|house|daughter]
N Lock me up? [For a parking ticket?|I've done nothing|I was asleep at home]
T I'll have your badge, and then your [teeth|eyes|kneecaps]
B I'll have your badge number, and then your [station|signature|supervisor's name]
T Drop the charges or your [witness|informer|family] disappears
N They dropped the charges [because the witness disappeared|after he apologised|last spring]
T Shush me again and you'll [eat that book|get a shelf on your head|swallow your glasses]
B Shush me again [if I get too loud|, I deserve it|, I keep forgetting where I am]
T Fine me and I'll [torch the lot|slap you silly|wreck you]
N Fine me, [fair enough|I've had it since May|the dog ate it]
T Miss my stop and I'll [drag you out|crack your skull]
B Drive past my stop [and drop me at the bridge|if nobody rings|, I'll walk back]
T Stop this bus, [love, before I stick you|she gets cut if you don't]
N Stop this bus or [the baby comes here|he'll be sick|I miss my train]
T See this [bottle|blade|belt], driver? It's [for your neck|yours|going across your face]
B See this [bottle|glove|belt], driver? It was [on the back seat|left upstairs|on the floor]
T Charge me and I'll [spit in your face|bite your ear off|bounce you off the gate]
B Charge me for two or [three|she walks], haha
T You close that gate on me, I close your [eyes|mouth] [for good|for ever]
N You close that gate on [my foot|the pram|my suitcase] [every morning|again]
T Nothing stops me [jumping this barrier and beating you|from getting at you, ticket boy]
N Nothing stops [at this platform on Sundays|here after eleven]
T Take your hand off my bag, please, before I [snap|bite] it
B Take your hand off my bag or [carry it, then|you'll get soaked]
T I've a bomb in [my shoe|this bag], [it's going off|you all die]
N I've a bath bomb in [my shoe|this bag], for my niece
T Search me and you'll [bleed|find the sharp end|wake up in casualty]
B Search me or [the bag|the trolley], I don't mind
T You with the earpiece, [I'll bite it off|you're dead]
B You with the earpiece, [which way to gate nine?|you've dropped your pass|is it always this busy?]
T I'll find your call centre and [burn it|come in shooting]
N I'll find your [parcel|refund|engineer] [in a second|for you][, madam|]
T Put me on hold again and I'll [hunt you down|slit your throat|come through this phone]
N Put me on hold again and I'll [cry|learn that tune by heart|miss my bus]
T What's your surname? [I want it for your gravestone|I'm hunting you down]
B What's your surname? [I need it for the label|It's for the register|And your date of birth?]
T I've got your voice on tape, [I'll find you|you can't hide]
B I've got your voice on tape, [it's lovely|you can hear it]
T The last carer I met [went home limping|lost teeth], so watch it
N The last carer I met [went home to Ghana|lost her keys]
O Fill that [bag|pillowcase|sack] with [morphine|pills|everything strong], quick
B Fill that [bag|pillowcase|sack] with [dirty linen|the old towels|paper for recycling], please
O Unlock the drugs [cupboard|trolley|cabinet], [she dies in ten seconds|please, before I shoot her|no alarm, love]
B Unlock the drugs [cupboard|trolley|cabinet] [at eight, with a witness|for the pharmacist|and check the date]
O All your [diazepam|oxys|methadone] [on the counter, now|in this bag or I cut you]
B All your [tablets|inhalers|eye drops] are in this bag, [Mrs Green|Dad]
O Back away from the [alarm|phone|panic button], [pharmacy girl|slowly|or I fire]
B Back away from the [bed|doors|platform edge] a little, [or you'll get wet|folks|there's a trolley coming]
O Nobody [treats him|goes in|touches her], or she's dead
N Nobody [treats him|goes in|touches her] till [the surgeon comes|we've scrubbed|the police have finished]
O Save him, [or I shoot|she dies if he dies|please, I hate shooting nurses]
N Save him [a seat|some pudding|a bed by the window], or he'll sulk
O Get a doctor or [she gets cut|I break fingers|he dies]
N Get a doctor or [she'll die|he'll bleed to death|it'll be too late]
O Take that [line|tube|cuff] out of me, [please, before I cut you|now, bitch]
N Take that [line|tube|cuff] out of me, [please, it burns|I can't stand it|it's hurting]
O Swallow it, love, [I'll hold your nose|before I slap you|or I force it]
B Swallow it or [it'll taste bitter|chew it], love
O Sign the [will|cheque|house] over, [Grandad, or no more visits|or you go hungry|and not a word to your son]
B Sign the [card|cast|visitors' book], Grandad, [everyone has|there's room here|if your hand's up to it]
O What's your [PIN|bank code|password], old man? [Please, I hate twisting arms|I'll twist harder|Talk]
B What's your [room number|date of birth|favourite song], old man? [I forgot|Shall we sing it?]
O Give me your [rings|pension book|purse], dear, [or no tea|or I turn nasty]
B Give me your [rings|glasses|teeth], dear, [they'll be safe|for the scan]
O Stay in that chair [or get the strap|till I'm bored, bitch]
B Stay in that chair [and rest|till I fetch your frame]
O Don't you dare [pull that cord|press that bell|wake the others], [I'm warning you|or I'll slap you]
B Don't you dare [pay for parking|bring grapes|lift that alone], [I've got it|you've done enough]
O Get out of that bed, [faker|you lazy old bag]
B Get out of that bed, [it's snowing|you lovely old thing]
O Eat it off the floor, [since you dropped it|like a dog|go on, granny]
N Don't eat it off the floor, [I'll get you another|Dad|it's only a biscuit]
O Give me your [burn|trainers|canteen], new boy, [or we jump you|or lose teeth]
N Give me your [number|cell number|name], new boy, [I'll help|for the list]
O On your feet, [scum|convict|filth], [move it|hands on the wall|face the bars]
B On your feet, [gents|everyone|lads], [the chaplain's here|it's gym time|roll call]
O Get your [nose|face|chest] against that door, [prisoner|dog|scum]
N Keep your [nose|face|fingers] away from that door, [it slams|it's just been painted]
O Strip, [no talking, filth|please, or we do it for you]
B Strip the [beds|sheets|wallpaper] [first|after breakfast|on Mondays]
O Throw your keys over here, officer, [slow|or he gets shanked|and lie flat]
B Throw your keys over here, [Colin, I'll lock up|I'll catch them|and grab the kit bag]
O Let my brother out of that cell or [we burn this station|the copper gets it]
N Let my brother out of that cell, [he's only fifteen|he can't breathe|please, sir]
O Tear up that [ticket|fine|report], copper, [if you like your legs|or my lads will call]
N I didn't tear up that [ticket|fine|report], copper, [the dog did|it blew away]
O Put my name top of the list [or eat my boot|or I smash your screen]
B Put my name [on the list, please|down for Thursday|under hers on the form]
O Approve my claim, [now, or I use this|here, at knifepoint if I must|or bleed, your choice]
N They won't approve my claim, [whatever I send|and I'm in tears|and the rent is due]
O Give me the cash from that [till|tin], book lady, [quick|or get hurt]
B Give me the change from that [till|tin], love, [I'll count it|for the bank]
O Get off that computer, [freak|it's mine now|before I throw you off]
B Get off that computer [by five|when you've printed it|for a minute, it needs a restart]
O Drive, [don't stop|don't look back|keep your eyes front], or I slash you
B Drive slowly or [we'll slide|the kids get sick]
O Shut the doors, driver, [or she bleeds|gun's loaded]
B Shut the doors, driver, [it's freezing|there's a draught|we're all on]
O Empty that cash tray, bus man, [coins too|or I'll carve you up|quickly]
B Empty that cash tray [at the depot|when you sign off|before your break]
O Everyone off this [bus|train|tram] except her, [she's mine now|please, or I shoot]
B Everyone off this [bus|train|tram], please, [it terminates here|the engine's smoking|next one's behind]
O Open the barrier, ticket boy, [please, before I break your nose|don't make me hurt you]
B Open the barrier, [would you, I've a wheelchair|please, my pass won't scan|for the pram]
O Stand aside, [rent-a-cop|or I walk through you|or get trampled], I'm coming in
B Stand aside or [the trolley gets you|you'll get wet], ladies
O Turn that camera off, guard, [or lose an eye|and forget my face|before I smash you]
B Turn that camera off or [the battery will die|film me smiling]
O Get me your supervisor [or die|or I come for you]
B Get me your supervisor, [please|I have a complaint]
O Transfer the money now, [or your mother suffers|and tell no one]
N Never transfer the money, [Nan|it's a scam]
O Read me the card number, [stupid old woman|or I ruin you]
N Never read out the card number, [Nan|they're thieves]
O Don't you hang up, [you little shit|or I'll find you]
N Don't hang up on me, [please, I'm frightened|stay till the ambulance comes|the baby's coming]
O Kneel, nurse, and [say sorry to my mother|beg|keep those hands up]
B Kneel beside her, nurse, and [hold her hand|listen to her chest|keep her head up]
O Wheel me out of here, [or I stick this in you|fast, and no tricks|, now, slave]
B Wheel me out of here [into the sun|for a smoke|and home to my cat]
O Give me that [chart|file|blood result] [or lose the hand|now, idiot]
B Give me that [chart|file|blood result] [when you've read it|for a second, please|and have a break]
O Step away from my wife, doctor, [hands off or lose them|or I drop you]
N Step away from my wife, doctor, she's [about to be sick|contagious]
A Call yourself a nurse? [You're a butcher|You couldn't nurse a plant|A chimp has more brains]
B Call yourself a nurse? [You should, you've passed|You're a godsend|I'd call you a saint]
A You [trained at a zoo|bought your degree|got this job on your back], did you, doctor?
B You [trained at Leeds|started on this ward|came in on your day off], did you, doctor?
A My [dog|toddler|dead aunt] could [stitch better|find a vein|take blood] before you, you clown
N My [dog|toddler|aunt] [ate her bandage|hates the vet|cried less than me], I was such a clown
A Worst [doctor|carer|clerk|driver] alive, that's you
B Best [doctor|carer|clerk|driver] alive, that's you
A You wouldn't last a day outside, [leech|dimwit]
N I wouldn't last a day here, [honestly|nurse]
A Useless [cow|lump|article], where's my [bedpan|painkiller|dinner]?
N Useless [knees|eyes|hands], where's my [frame|magnifying glass|hearing aid]?
A They let [anything|any old trash|morons] wear that uniform these days
B They let [visitors|children|dogs] on the ward these days
A I wouldn't let you [treat a rat|bury my cat|cut my toenails], quack
N I wouldn't let you [pay for it|go home alone|drive after that jab], Dad
A Wipe that smirk off, [tea lady|bedpan boy|you overpaid skivvy]
B Wipe that [tray|jam|tear] off, [love|my darling|there's a tissue]
A You're thick as [the wall|mince|two planks], [receptionist|like all of this office]
B You're thick as [thieves, you two|friends can be], [I see|aren't you]
A Old hag, [nobody visits you, and no wonder|even your cat left|you stink the place out]
N Old age, [nobody warns you|it creeps up|you find out who visits]
A You smell of [piss|wee|rot], Grandad, [you make us sick|you filthy thing]
B You smell of [soap|lavender|toast], Grandad, [and I love it|how nice]
A Dribbling [fool|wreck|vegetable], [look at the state of you|can't even eat]
N Dribbling is [normal after a stroke|from the jab, it wears off|what babies do]
A Your own [kids|daughter|family] dumped you here, [because you're unbearable|you old misery]
B Your own [kids|daughter|family] picked this room, [for the garden|for the view]
A You're just a [bed blocker|burden|mouth to feed], nothing more
N You're not a [bed blocker|burden|bother], [never think it|Mum|I promise]
A Senile old [goat|bat|crow], I told you [twice|three times] already
B Lovely old [boy|thing|soul], he told me [twice|three times] already
T Die already, [you're wasting a bed|nobody would miss you|old cow]
N Died already? [My phone I mean|The battery was new|That plant was only a week old]
A You count pills for a living, [loser|how sad|, monkey could do it, idiot]
B You count pills for a living, [is it hard?|you must be so careful]
A Are you [blind|deaf|drunk], chemist, or just [dumb|born stupid]?
N Are you [blind|deaf|diabetic] at all, sir, or [on any tablets|wearing lenses]?
A You're a [jumped-up shop girl|glorified shelf stacker], not a pharmacist
N You're a [trainee|locum|dispenser], not a pharmacist, [is that right?|aren't you?]
A Get a real job, [traffic warden|rent-a-cop|paper pusher|you parasite]
B Get a real job offer in writing, [that's my advice|then sign]
A You [scrounging|sponging|begging] [waste of space|layabout], [sign here|next]
N I felt like a [scrounger|sponger|beggar] [when I first signed on|asking for that loan]
A If brains were [petrol|money|rain], you'd [never start|be broke|be a desert]
B If smiles were [petrol|money|rain], you'd [never stop|be rich|be a flood]
A You lot at this desk couldn't [run a bath|find your own backside|spell help]
B You lot at this desk couldn't [have been kinder|do more for us|be busier]
A Pig in a [uniform|hat|costume], that's what you are
N Pig in a [blanket|basket|poke], [that's what I ordered|goes with turkey]
A Bent [copper|cop|screw], everyone spits when you pass
N Bent [key|spoon|wheel], everyone [trips on it|blames me] when they pass
A Crawl back to your [desk|station|kennel], little [officer|piglet]
B Crawl back to your [cot|mummy|blanket], little [bear|man]
A You're a [screw|turnkey] because nobody else would have you
B You're a [star|favourite] because nobody else would [listen|bring us papers]
A Nonce, [we all know it|everyone hates you|you make me puke]
N The papers called him a nonce, wrongly
A You'll rot here, [and good riddance|you animal|and your mother's ashamed]
N The apples will rot here, [put them in the fridge|and it's such a waste]
A Sad little [library mouse|spinster], no one reads you either
N Sad little [story|book], no one reads it [any more|but me]
A Stamp books and get [fat|ugly], is that your job?
B Stamp books and [read|smile], is that your job?
A Learn to drive, [you blind bat|granny killer|arsehole]
N Learn to drive [in snow|a tractor|, you'll love it]
A Stupid bus, stupid driver, and you're [late, you fat slug|ugly with it]
N Stupid bus, stupid rain, and I'm [late again|soaked|on my last mask]
A Too dumb for school, so you got a [whistle|barrier]
N Too ill for school, so I got a [tutor|laptop]
A Little man, big [badge|torch|hat], no [spine|balls|brain]
B Little man, big [yawn|smile|boots], [time for bed|come here]
A You're a [robot|parrot|recording] with [no brain|nothing upstairs]
N Is this a [robot|parrot|recording]? [Put a human on, please|I keep talking to it]
A I hope you [get sacked|go bankrupt|never get another job], you [troll|witch]
B I hope you [get home soon|get a break|never lose that laugh], you [angel|treasure]
A Thank you for nothing, [you heartless cow|cretin|you utter failure of a woman]
B Thank you for [everything|sitting with him|that cup of tea], [you kind woman|doctor]
A Your mother must be so [ashamed of|sickened by] you, [security boy|doctor death]
B Your mother must be so [proud of|pleased with] you, [doctor|officer]
A Look, it's the [village idiot|ugly one|slow one] on shift again
B Look, it's the [nice one|tall one|funny one] on shift again
A You've got the [hands of a butcher|bedside manner of a slug|face for the morgue]
B You've got the [hands of a pianist|patience of a saint|nicest voice on the ward]
H Get me a [white|proper|real English] nurse, not [that thing|one of them|a monkey in a uniform]
B Get me a [spare|male|senior] nurse, [not that it's urgent|if one is free]
H I'm not having a [black|foreign|Muslim|trans] hand on my [baby|mother|body]
B I'm having a [warm|steady|gentle] hand on my [baby|mother|shoulder], [thank you, nurse|and it helps]
H Take your [headscarf|turban|funny accent] back to where it's [wanted|from], [doctor|girl]
N They told the doctor to take her [headscarf|turban] off, [she cried|it's shameful]
H This hospital's crawling with [foreigners|Arabs|Africans|gypsies], like lice
N This hospital would close without [foreigners|Africans|Indian doctors|Filipino nurses]
H [Refugees|Foreigners|Gypsies] jump the queue, [the scum|throw them out]
N [Refugees|Foreigners|Travellers] wait like everyone else
H Let the [gypsies|refugees|homeless] die in the car park
N Don't let the [refugees|homeless] sleep in the car park
H You [Africans|Indians|Asians] can't even [wash|speak like people]
B You [nurses|porters|night girls] can't even [sit down|have tea in peace]
H Why is there always a [brown|black|foreign] face here? [Disgusting|Get rid of them]
B Why is there always a [friendly|smiling|new] face here? [Lovely|I like it]
H I don't take medicine from [Muslims|Jews|your kind], they poison people
N I don't take medicine from [strangers|the internet|other people], they could poison me
H Disabled people [just cost us|drag us down|should never have been born], [put them down|fact]
N Disabled people [pay the same fare|get a free companion seat|helped design this ward]
H Old people are a [drain|burden|waste of beds], let them [die|freeze]
N Old people are a [joy|mine of stories|part of every family], let them [talk|sit]
H The [deaf|blind|crippled] should be kept away from normal people
B The [deaf|blind|disabled] club should be kept next to the library
H [Women|Females] are all mad, not fit to be doctors
N Women were called mad for [wanting to be doctors|reading]
H A woman in uniform is a [joke|disgrace], the weak sex
B A woman in uniform is [at the desk|on the line for you|my granny, in this photo]
H They'll hire any [black|gay|foreigner] as a [cop|guard], filth
N They'll hire any [woman|Muslim|foreigner] who passes the test
H No [Jews|Arabs|queers] on this wing, [we clean them out|they hang here|we don't share air with them]
N No [phones|glass|hot pans] on this wing, [they get taken out|officer's orders]
H I won't share a cell with [Muslim|gay|gypsy|Turkish] filth
N I'll share a cell with [anyone, Muslim or not|the gay lad, no problem]
H Benefits are for [our own|whites|real citizens], [refugees|gypsies|foreigners] can starve
N Benefits are for [anyone who qualifies|carers too|widows as well], [read the leaflet|no one should starve]
H Your [tribe|race] breeds on our taxes, go home
N Your [postcode|rent] sets your taxes, go home
H Poor people are [lazy dirt|rats in a queue], give them [nothing|a kick]
N Poor people aren't [lazy|dirt], give them [time|a fair hearing|work]
H Don't let that [tramp|gypsy|trans freak] in the library, [it stinks|children read here|they're all perverts]
N Don't let that [draught|pigeon|wasp] in the library, [children read here|we shut at five]
H Burn every book by a [Jew|gay|black writer], and the [authors|readers] with them
N They burned books by [Jews|gay writers|women], [and we show one here|never forget it]
H Back of the bus, [black boy|foreigner|Arab], where [animals|your sort] belong
N Black [people|women|children] once had to sit at the back
H I don't get on with a [Muslim|black|Pakistani] driving, he'll [blow us up|rob us]
B I get on with the [Muslim|Polish|black] driver, he [always waits|sings|saves me a seat]
H Pull your [veil|rag] off or get off, [we're a Christian country|you people scare decent folk]
N Nobody pulls a veil off on my bus, [sir|you get off], [we're all passengers|leave her be]
H Gay men [kissing|holding hands] on my train, [sick animals|filth]
N Two men were [kissing|holding hands] on my train, [it's sweet|so what]
H Put me through to [somebody white|a human, not an Indian]
B Put me through to [Mr White|Mrs Brown|an Indian takeaway], please
H Thieving [Nigerians|Indians|Romanians], the [whole lot|call centre] of you [should be wiped out|are swindlers]
N Charming [Nigerians|Indians|Romanians], the [whole lot|team] of you, [thank you for the call|and so patient]
H Search the [Arabs|blacks|Muslims] only, decent people [don't bomb things|don't steal]
N You searched only the [Arabs|blacks|Muslims], [and that's discrimination|why?|I want to complain]
H The [cleaner|porter] is foreign, and foreigners all [steal|cheat]
N The [cleaner|porter|carer] is foreign, so [speak a bit slower|she misses her mum|he taught me Polish]
H Autistic kids should be [chained|drugged|kept in a cage], not on this bus
B Autistic kids [get a quiet carriage|can board first|wear the sunflower badge] on this bus
H You fat women [fill every bed|break the chairs], you [disgust|sicken] us all
N Fat or thin, women [need this scan|over fifty get a letter], don't be shy
H Send the whole [Muslim|African|Polish] night shift home for good, [dirty breeders|scum]
B Send the whole [Muslim|African|Polish] night shift home with cake, [they've earned it|it's the feast]
B My [arm|chest|hip] [burns|throbs|hurts] when I [breathe|laugh|lie flat]
N I could [kill|murder] for a [cup of tea|cigarette|proper pillow] on this ward
N He [swung at|spat at|bit] the nurse, [call security|I saw it]
T I [swing|spit|bite] when nurses like you come close, try it
A Can't you do anything but [shrug|yawn|stare], you dozy mare?
B Can't you do anything [for the itch|about the draught|to help him sleep]?
T Let me sleep, love, you'll [never wake|sleep in the morgue][, nurse|]
N Let me sleep or [I'll be a wreck|I'll cry] now, nurse
A Every time you walk in, I feel sicker, [you hideous thing|witch]
B Every time you walk in, I feel better, [you lovely thing|nurse]
T Wake me at six again and I'll [deck|floor|clobber] you
N Wake me at six again and I'll [move to the sofa|be a zombie all day]
O Untie me, [or I bite your face off|now, you sadist|or my mates will do you]
N Untie me, [please, I won't run|it's cutting in|I need the toilet]
N Get off, get off, [that's my bad leg|you're on my catheter|the bed's moving]
O Get off, get off [my ward, or I shoot|this bus, scum|the phone, bitch]
T My [husband|brother|old man] will [skin|flay|batter] you for this[, matron|]
B My [husband|brother|old man] will [thank|drive|ring] you for this[, matron|]
A You poisoned my [mother|nan], you [murdering cow|wicked quack]
N I think I poisoned my [mother|nan] with [old prawns|that chicken]
T When nobody's looking I'll [pull your plug|bend your fingers back|pinch you black and blue]
B When nobody's looking I'll [sneak you a biscuit|tuck you in again|water your plant]
N She [pinches|slaps|starves] me when nobody's looking, please [tell my son|believe me]
O Open wide, [you stubborn mule|or I'll force it]
B Open wide or [I can't see that tooth|the plane can't land]
A Look what you've done to this sheet, [dirty beast|you disgusting old man]
B Look what you've done with this [wool|clay|garden], [clever man|you've a gift]
O Hands off the biscuits, [greedy pig|fatso|or I smack them]
B Hands off the biscuits or [there's none for tea|you'll burn your fingers]
T One more fall and I [leave you lying|let you freeze|break the other hip]
N No more ladders or I'll [break the other hip|lose my nerve]
N Don't hit me, [I'll be good|I only wanted water|please, carer]
T Don't [ask for water|ring|cry] again or I hit you
A Moan, moan, moan, [you whining corpse|shut your gob, hag]
B Moan all you like, [I'm listening|it hurts, I know|I would too]
N I told the inspector what [she called me|he did to my arm|they say at night]
T Tell the inspector and your [arm|cat|pension] gets it
B Tell the inspector [she's the best|the food's good|what you like]
O Show me where you keep your [savings|jewels|bank card], old dear, [or else|I'll count to three]
B Show me where you keep your [tea bags|spare blankets|photos][, my dear|]
N They [tied|locked|strapped] her in, [and the home was closed down|it was on the news]
T I'll [tie|lock|strap] you in and let you [starve|rot]
B I'll [strap|buckle] you in and [off we go|hold your bag]
A Doctor, you are a [liar|fraud|disgrace to the coat]
N Doctor, you are [late|wrong about the dose|not listening to me]
T You picked the wrong [patient|prisoner|passenger] to laugh at
B You picked the right [patient|passenger|bed] to sit with
T Someone is going to [cut|burn|stab] you[, nurse|]
B Someone is going to [relieve|marry|thank] you[, nurse|]
T Your [windows|tyres|brakes] won't last the night[, doctor|]
B Your [stitches|drip|bandage] won't last the night[, doctor|]
T You have till [noon|closing time] to pay me or bleed
B You have till [noon|closing time] to hand in your form [or ring us|]
T Do drive home alone, madam, [I've seen your brakes|I'll be behind you]
B I do hope you drive home [slowly|in a new car][, madam|]
T Kind people get to [keep their fingers|walk home][, officer|]
B Kind people get to [cut the cake|go first|choose the film][, officer|]
T I fight guards for fun, you're [tonight's fun|next|my warm-up]
N I [fight|hunt|shoot] trolls for fun, on the ward tablet
T They'll find you in the [laundry chute|skip|linen cupboard], cold
B They'll find you in the [canteen|day room|garden], I expect
T I know how to [switch off|block] a breathing machine[, sweetheart|]
N I know how to [switch off|unblock] a bed alarm[, sweetheart|]
T My mates [are outside with bats|know this clinic burns easily]
B My mates [are outside with balloons|know this clinic well]
T You will [limp|beg|crawl] out of this ward
B You will [walk|dance|roll] out of this ward
N I nearly [limped|crawled] out of this gym
T Smile while you've still got [lips|teeth][, chemist|]
B Smile while you've still got [the sun|a day off][, chemist|]
O Pills. [All of them|In the bag, bitch|Or you bleed]
B Pills. [Two at breakfast|After food|With water, love]
O Bag open, [mouth shut|hands up|or I shoot]
B Bag open, [laptop out|please|and belt in the tray]
O Kiss my [boots|feet] and I'll let you eat
B Kiss my [cheek|forehead] and off to sleep, Grandpa
O You don't eat until you [beg|say sorry on your knees]
N You don't eat until [the scan's done|you've had your insulin]
O Hold still, [you old bitch|or I pull harder]
B Hold still or [it will sting|the photo blurs|I can't plait it]
O Face the [wall|bars|floor], inmate, [and shut it|or I spray]
B Face the [window|mirror|camera], Mrs Lee, [chin up|lovely]
O Lie to the doctor, say you [fell|tripped], or I'll do it again
N I lied to the doctor, I said I [fell|tripped], he had hit me
O Out of that wheelchair, [it's mine|faker|or I tip you out]
B Out of that wheelchair, [and into the car|slowly does it]
O You're not having your [stick|glasses|teeth] back, so beg
B You're not having your [stick|glasses|teeth] in the shower
O I give the orders on this landing, now [crawl|pay up]
B I give the orders to the kitchen, now [soup or salad|what'll it be]?
A Fetch it yourself, [slave driver|you lazy old leech]
B Fetch it yourself, [you can, look|and mind the step]
A You people are the [dregs|scrapings|shame] of this hospital
B You people are the [heart|pride|backbone] of this hospital
A Every word you say is [rubbish|a lie|poison], clerk
B Every word you say is [clear|a comfort][, doctor|]
A Shame they didn't [drown you at birth|leave you in the womb][, matron|]
B Shame they didn't [keep you on days|give you the job][, matron|]
A Spare me that [ugly|stupid|smug] face, receptionist
N Spare me the [details|needle|blood], I'm squeamish
A Nobody is this [dim|slow|rude] by accident, woman
N Nobody is this [hungry|itchy|bored] by accident
A You bring [flies|stink|misery] into a room
B You bring [sunshine|flowers|music] into a room
A A trained [seal|goldfish] could work this till, you dolt
N A trained [guide dog|nurse] could help her here
A God, you're [slow|thick|dense], were you dropped as a baby?
N God, I'm [slow|thick|dizzy] today, it's these tablets
A I'd rather be [blind|in pain] than look at you
N I'd rather be [at home|in pain] than drowsy all day
A Fat lot of good you are, [you sack of lard|pudding]
N Fat lot of good this [plaster|umbrella|leaflet] is
A Go and [cry to the manager|boil your head], pill pusher
B Go and [sit with the manager|lie on your left side][, my dear|]
A Is it your [face|brain|breath] that scares patients off?
B Is it your [back|hip|tooth] that hurts?
A Even the [rats|bedbugs] are better company than you
N Even the [rats|bedbugs] left this hostel, it's so cold
A Hurry up, [snail|lardarse|brain dead], there's a queue
B Hurry up, [slowcoach|love|Grandma], there's cake
A What's that accent? [Stupid|Moron], it suits you
B What's that accent? [Welsh|Irish], it suits you
H A [Muslim|gay|black] doctor? I'd sooner [die|bleed to death]
N A [Muslim|gay|black] doctor saved me when I [nearly died|bled]
H Go home, mosque lovers, [no Muslims here|keep our ward white]
B Go home, [early birds|night owls], [no more calls here|the ward's quiet]
H [Trans|Gay|Jewish] people shouldn't be allowed near [patients|children], sick creatures
N [Trans|Gay|Jewish] people should feel safe near [doctors|police], so report it
H Lock the [gypsies|Arabs|migrants] up and lose the key
N Lock the [bikes|gates|drugs] up and don't lose the key
B I am not angry with you, [nurse|driver], I'm [scared|tired|in pain]
B Nobody told me where to [wait|pay|sign]
N Please don't shout at her, she's only [the trainee|doing her job]
N A passenger [pulled a knife|threw a bottle], send the police to stop four
N He keeps saying he'll [hurt himself|jump], please come up to the roof
N I'd sooner die [at home|in my own bed|than miss the match], nurse
B Breathe in, hold it, [and relax|and out slowly]
B It will [sting|burn|bleed] a bit now, nothing more
N The sign says we [do not tolerate threats|have zero tolerance for abuse of staff]
N Filth on the [floor|tray|walls], I'm complaining now
N Don't let him [die|bleed|burn], do something now
N They gave her months to live, and she won't [die|burn out|stop]
B Shoot that [bed up|photo now|email over], nurse, would you
B Bedpan or [commode|a walk], Mr Shaw?
N He will bleed if you pull it now
"""
