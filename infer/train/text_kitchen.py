"""Homes, kitchens, workshops, gardens, gyms, games, pets, cars, phones: chatter beside hostility in the same words."""

FRAMES = """
T I'll cut you [open|to ribbons] with this bread knife
B I'll cut you [a slice|some melon] with this bread knife
N I cut myself [on the tin|slicing limes]
T I'm cutting your [hair off|ear off], like it or not
B I'm cutting your [hair|sandwich] now, sit still
O Put the [onions|pan] down and kneel
B Put the [onions|pan] down and rest
T This pan goes [across your skull|in your face]
B This pan goes [on the top shelf|in the oven]
T I'll boil your [hands|cat], see if I won't
B I'll boil your [eggs|rice], see to the toast
N The kettle [screams|hisses] before it boils
T Hot oil, [right in your eyes|on your feet], want that?
B Hot oil, [right behind you|mind your feet], dear
A This soup's as [bad|rotten] as you are
N This soup's [bad|vile], and I made it
A You can't even burn toast right, [moron|stupid]
N I can't even [burn|butter] toast right
A Look at that kitchen, you [pig|slob]
B Look at that kitchen, you [star|angel]
N The pig's in the [oven|kitchen], help yourself
A You eat like a [hog|dog], it's revolting
B You eat like a [bird|mouse], have more
N The dog eats [like a hog|revolting things]
O Eat it [off the floor, pig|like the dog you are]
N Don't eat it [off the floor|raw]
B Eat it [while it's hot|with your hands]
O Not one bite till you [grovel|beg me]
B Not one bite till [Grandma sits|it cools]
T I put bleach in your [coffee|soup]
N I put [salt|bleach] in the [wrong bucket|wash]
B I put [milk|honey] in your coffee
T Touch my plate and [I fork your hand|you starve]
B Touch the plate, is it [hot|warm]?
T You'll go through that [window|oven door]
A Useless, even the [mop|toaster] does more
N Useless thing, this [mop|toaster]
A You're as [thick|dull] as that chopping board
T I'd [grate|slice] your face like this cheese
B I'd [grate|slice] more of this cheese
O Open the drawer, [knives out, slow|and give me the cash]
B Open the drawer, the knives are [blunt|left]
O Drop the [knife|scissors], or I cut her
B Drop the [knife|scissors] in the sink
N He dropped the knife on his [toe|foot]
O Keep away from that [phone|back door], or else
B Keep away from that [stove|back door], it's wet
O Shut the [door|blinds] and shut your mouth
B Shut the [door|blinds], we're cold
N Somebody shut the cat in the [cupboard|shed]
O Shut that [gob|mouth] and scrub
B Shut that [lid|tap] and scrub
O Sit, eat, and not a [word|sound] from you
B Sit, eat, and tell us [everything|a joke]
T Spill it again and [I'll drown you in it|you lose a hand]
B Spill it again and we'll [just mop|both laugh]
N I spilt it again, [clumsy me|kill me]
T The belt's on the [hook|chair], want it again?
B The apron's on the [hook|chair], shall I?
T I keep a [hatchet|bat] under the sink for you
B I keep a [bucket|sponge] under the sink for you
A Get your fat [arse|backside] off my sofa
B Get your [feet|coat] off my sofa, love
O Get out of my [kitchen|house], you [rat|pig]
B Get out of my kitchen, [it's a surprise|chef, I'm cooking]
N There's a rat in my [kitchen|shed]
T I could [skin|carve] you like this chicken
B I could [skin|carve] this chicken
N Beat it hard, [till it's stiff|the cream]
T I'll beat you stiff, [lazybones|boy]
N Whip it, fold it, [don't kill the bubbles|burn the top]
T I'll whip you [raw|till you fold]
N Smash the [garlic|biscuits], then crush the nuts
T I'll smash your teeth[, then your nuts| with this]
N Crush it with your [fist|thumb], that's it
T I'd crush you with [one fist|my thumb]
N The recipe says [kill the lobster first|burn the skin]
N Stab it with a fork, is it [done|soft]?
T I'll stab you with this fork, [I mean it|try me]
N Strangle the [tea bag|dough], that's how Dad does it
T I'll strangle you with your [apron|tie]
A You're garbage, [take yourself out|go sit with the bin]
B You're [late|early], take the garbage out
N The garbage [stinks|leaks], take it out
O Pick up your trash, [trash|pig]
B Pick up your trash, [please|kids]
H {groups} are trash, put them out with the bins
H I don't want {groups} [handling my food|in this kitchen]
B I want {groups} [cooking|tasting] with us
H That {groupadj} food stinks like they do
B That {groupadj} food [smells lovely|is all gone]
H Scrub that cup, a {group} drank from it
B Fill that cup, a {group} is [coming|thirsty]
H I threw the {group} plumber out, dirty hands
N I threw the racist [plumber|lodger] out
H {groups} live [ten to a room|like pigs in muck]
N [Ten|Six] of us live in one room
H Never rent to {groups}, they wreck everything
N They never rent to {groups}, it's illegal
B Rent it to {groups}, lovely tenants
H Buy from a {group} and you get fleas
B Buy from the {group} next door, great bread
H Women are for [cooking|mopping], and shutting up
N Women aren't for [cooking|mopping], mate
H My dog's worth [ten|more than all] {groups}
N My dog loves {groups}, and the vet
H Don't let {groups} [pet my dog|touch the kids]
B Let {groups} in, the dog likes them
H Gays shouldn't [have gardens|raise a dog], let alone kids
B Gays next door [have roses|raise bees], and kids
H A woman [mechanic|driver]? No wonder it's broken
B A woman [mechanic|driver]? She fixed it
H Blind people have no business [cooking|in gyms]
B Blind people have good [knives|timing] in the kitchen
H Old folk on the [road|bus] should be shot
N Old folk on the road, [slow down|mind them]
H Throw the beggar out with the [slops|rubbish]
B Give the beggar [some soup|a blanket]
T I'll nail your [hand|tongue] to this bench
B I'll nail your [shelf|sign] to this bench
N I hit my thumb with the [mallet|hammer]
T Ever seen what a drill does to a [knee|jaw]?
B Ever seen what a drill does to [brick|tile]?
T The saw's running, [put your arm out|say sorry]
B The saw's running, put your [goggles|mask] on
T I'd love to see you [fall in|lose a hand]
B I'd love to see you [build one|sand it]
O Hold still, or the nail gun [slips|goes off in you]
B Hold still, or the [paint|glue] runs
A A blind mule could [saw|paint] better than you
N A blind mule could [saw|paint] better than me
A Give me that hammer, you [cretin|lump]
B Give me that [hammer|chisel], you've done enough
A You broke it, [idiot|as you break everything]
B You broke it, [never mind|we'll glue it]
A You're a tool, and a [blunt|rusty] one
N It's a tool, and a [blunt|rusty] one
T Your [brakes|tyres] won't last, I saw to that
B Your [brakes|tyres] won't last, see a garage
T Nice [shed|greenhouse], shame if it burned
B Nice [shed|greenhouse], shame it leaks
O Hands off the [vice|saw], on your head, now
B Hands off the [vice|saw], it's sharp
T I'll bury you under the [roses|patio]
B I'll bury the [bulbs|cable] under the patio
N We buried the [hamster|cat] under the roses
T The spade's for [your grave|your head]
B The spade's for [you|the hedge]
T I'll dig a hole [your size|for you]
B I'll dig a hole [this size|for the pear tree]
T I'll shoot your [dog|hens] over the fence
N A [fox|hare] shot over the fence
N Shoot the hose at the [ants|weeds]
O Off my lawn, or I [fire|set the dogs on you]
B Off my lawn, [wet paint|it's just seeded]
O Call your dog off, [ugly, or it's dead|or I shoot]
T I'll [poison|gas] your mutt, [and you|]
N Don't poison the [slugs|moles], they're useful
N Those slugs die in [beer|salt]
A You slug, you [weed|maggot]
N Pull the weed, squash the [slug|maggot]
N I'd murder those [pigeons|moles]
T I murdered your [hens|roses], you're next
T Nettles down your [back|throat], how's that?
A Your garden's dead, like your [brain|heart]
N My garden's dead, [frost|I forgot it]
A You're a weed, and [weeds get pulled|no one wants you]
T Hedge clippers, then your [fingers|toes]
N Ready, aim, [hose|sprinkler]
T Ready, aim, [bye, neighbour|at his head]
O Out of the tree, [brat|thief], or I shoot
B Out of the tree, [monkey|you two], it's tea
N A monkey's in the [tree|loft]
A Get down, you dirty monkey, you [reek|disgust me]
B Get down, you [cheeky|sweet] monkey
T I'm gonna break you, [gym rat|fatty]
B I'm gonna [spot|coach] you, gym rat
A Fatty on the treadmill, look, [it's crying|what a joke]
B Look at you on the treadmill, [flying|wow]
A You lift like a [baby|corpse], get out
B You lift like a [beast|champ]
N Kill me, [ten more squats|leg day again]
N Hit it, [left, right|harder, again], and rest
N Punch the bag, [not each other|kick, punch]
T Punching bags are for [kids|girls], I want your face
N Burn those [legs|thighs], feel it
A Sweaty cow, [cover up|go home]
N Sweaty me, [hug anyway|stand back]
O Off my bench, [weakling|fat boy], or I drop this on you
A No girl wants that [body|face], mate
N My [legs|arms] are dead
T Your legs are [mine|sticks to snap]
N Drop, twenty, [go|no whining]
O Drop your bag, [twenty quid, go|no whining]
N [Move it|Faster], two laps left
O [Move it|Faster], to the cashpoint, or I stab
B Hands up, [stretch|and down], good
O Hands up, [gym's closed, wallets|or I squeeze]
N I'm too [fat|weak] for this, I said
A You're too [fat|weak] to live
N [Kill|Rush] the healer first, then the tank
T I'll kill your [wife|doctor], then you
N [Headshot|Double kill], let's go
T A headshot, in your own [bed|street], kid
N Shoot, [he's behind you|reload, shoot]
T Shoot him, [he's alone|in the back]
N I'm dead, [revive me|respawning]
T You're dead, no respawn, [I've your address|I mean really dead]
N Die, [zombie|boss], die, yes
T Die, [neighbour|landlord], die slowly
N You killed me, [noob|you beast], gg
A Uninstall, noob, [then hang yourself|you trash]
N I'm trash at this [map|game]
A You're trash, [delete yourself|human trash]
N Take the fort, burn their [boats|farms]
H Take their homes, burn the {groups} out
N Rob the bank with me, [it's a mission|press X]
O Rob that till for me, [boy|or I hurt your mum]
N You monkey, you stole my [star|banana]
H Monkeys, that's what {groups} are
N I'm the [wolf|killer], who do you [vote out|suspect]?
N Hit me, [dealer|one card]
T Hit me and you [lose|eat] that hand
N You sank my [ship|battleship], you rat
T I'll sink you [in the canal|with stones], rat
N Eat my [pawn|dust], Grandad
A Eat dirt, Grandad, you [senile|old] fool
B Your move, [think|no rush]
O Your move, [wallet or knife|think fast, or she bleeds]
T Lose again and I [lock you out|break that hand]
T I'll put your [cat|rabbit] in the microwave
B I'll put your [cat|rabbit] in the basket
O Leave the [puppy|cage] and walk, or I hurt it
B Leave the [puppy|cage] and come, he's asleep
T Bark again, and I drown [it|the pair of you]
N Bark again, [good boy|Rex], who's there?
A Bad breed, [you and your mongrel|both of you]
N Bad dog, [that's my shoe|drop it]
A Stay, sit, [that's all you're good for|bitch]
B Stay, sit, [paw|good girl]
N Don't kick the [dog|cat]
T I kick dogs, and I'll kick [you|your kids]
A You smell worse than the [litter tray|kennel]
N It smells, change the [litter|hay]
N The vet put the [old dog|cat] down
T They should put you down, [like a dog|old dog]
N Get off me, you [big|wet] dog
A Get off me, you filthy dog, [I'd rather die|yuck]
B Here, [piggy|kitty], supper
A Here, piggy, [you fat thing|oink for us]
T Drop dead, or I'll [drop you|help]
N The cat killed a [bird|mouse] and left its head
T I'll leave the cat's head on your [step|pillow]
B He bites, hand [flat|open]
T He bites, and I'll let go, [postman|run]
O Lie down, or I let the [dog|dogs] in
B Lie down, [Rex|good dog], stay
N Fetch, drop, [leave it|give]
O Fetch the [cash|ring], or the dog gets you
T My rats eat [fingers|toes], and you've ten
B My rats eat [peas|corn], hold one
A Even the goldfish [hates you|has more sense]
B Even the goldfish [likes you|swam up]
T Move that [van|car] or I torch it
B Move that [van|car] a bit, thanks
O Out of the car, keys [in|on the bonnet], or I shoot
B Out of the car, keys [please|in hand], we're here
T I'll ram you off the [bridge|road], Sunday driver
N He nearly rammed us off the [bridge|road]
A Who gave you a [licence|car], a monkey?
B Who gave you a [lift|bell], a friend?
A Learn to park, you [blind|stupid] cow
N I'll never learn to [park|reverse]
A You drive like [death|a drunk], you fool
N I drive like [Gran|a drunk duck]
T Honk again, I [smash|break] that window
B Honk again, [Dad's asleep|she waved]
N Brake, [brake|you'll hit it]
T No brakes, [no witnesses|you'll crash, I saw to it]
N The battery's dead, [push|give us a jump]
O Get in the boot or you're [dead|cut]
B Get in the boot, [dog|bags], off we go
N Hit the gas, [green|it's clear]
O Hit the gas, or I [shoot|stick you]
N Shut the [bonnet|boot], hard
O Shut up and drive, [grandad|taxi man], I've a blade
N Kill the [lights|engine], listen
O Kill the lights, [and him|no screaming]
T Step in the road, [see if I brake|I dare you, rat]
N My car got [keyed|stolen] again
T I keyed it, you're [next|lucky it's paint]
A Move, [snail|you deaf old bat]
B Move over, [slowcoach|bus behind]
T See this [jack|wrench]? Guess where it goes
B See this [jack|wrench]? It goes there
O Pop the hood, [step back, wallet out|hands where I see them]
B Pop the hood, [step back|let's see]
A You ugly [wreck|heap], no wonder she left
N It's an ugly [wreck|heap], I love it
N Get out and [push|stretch]
O Get out and [kneel|bleed]
H No {groups} in my cab, [walk|you stink]
B Any {groups} in the cab? [Hop in|Two seats left]
H Typical {group} behind the wheel, [blind and dumb|run him over]
N Typical me behind the [wheel|bar]
H They should ban {groups} from [driving|roads]
N They once banned {groups} from driving
T I've got your [photos|number], I'll ruin you
B I've got your [photos|number], thanks
T Hang up and [I come round|the dog dies]
B Hang up and [ring back|I'll text]
T Answer, or I break your [door|phone and your face]
N I don't answer, it's [scams|spam]
T Block me and I'll [find you|leak everything]
N Block [him|that number], love
T I track your phone, [you can't hide|run]
B I track my [steps|parcel] on it
O Unlock it, [thumb, or I take the thumb|bitch]
B Unlock it, [thumb there|it's your code]
O Don't ring anyone, [I'm listening|or I cut the wire and you]
B Don't ring [anyone|her], it's late
T I'll send men [tonight|round], keep the chain on
B I'll send [soup|men with a van] round
A Delete your [face|account], nobody asked
A That voice, [ugh, choke|like a sick pig]
B That voice, [so warm|is it you?]
N Someone left a [threat|nasty message], I saved it
N This stupid [phone|charger]
A This is stupid, like [you|your whole family]
N Stupid autocorrect, I wrote [duck|kill]
T I wrote kill, I meant [kill|kill you]
A Text me again, [loser|ugly], and I'll puke
B Text me again, [pick me up|any time]
O Record this and I [smash it|stamp on you]
B Record this [for Nan|, it's lovely]
O Smile at the doorbell, [open, no fuss|or I kick it in]
B Smile at the doorbell, [camera|it's Nan]
N He texts, [burn this|kill it], he means the file
N Kill the [app|tab], restart
N My laptop [crashed|died], shoot me
T My mate crashes cars for [money|me], think of your kids
N It froze, [hit a key|bash it]
T I'll bash you till you [freeze|stop moving]
A You waste of [water|soap], wash yourself
B Don't waste [water|soap], love
O Get in that bath and [don't scream|stay under]
B Get in that bath, [smelly|it's warm]
T I'll hold your head in [this sink|that toilet]
B I'll hold your [towel|hair back]
T I'll throw you down the [stairs|well]
B I'll throw your [socks|keys] down
N I fell down the stairs, [nobody pushed me|honest]
T Wake me again and I'll [smother|belt] you
B Wake me again [at six|before you go]
A Lazy [sow|parasite], still in bed
O Up, [lazy dog|slave], make my breakfast or bleed
A Who would share a bed with [that|you]?
T The pillow, your face, [no more noise|five minutes]
B The pillow, your book, [lights out|cocoa]
O Cover your eyes and [crawl|no peeking, or I shoot]
B Cover your eyes, [surprise|no peeking]
T I changed the locks, [sleep in the gutter|rot outside]
N I changed the locks, I [feel safe|lost a key]
O Into the [cupboard|cellar], and no light
B Into the [cupboard|cellar] with those jars
O On the step, [naked|no shoes], till I say
B On the step, [shoes off|mind the milk]
A You call this [ironing|clean]? Pathetic woman
B You call this [ironing|clean]? It's perfect
T Scorch my [shirt|trousers] and I scorch you
N I scorched my [shirt|finger]
T This iron's hot, [hand, now|let's mark you]
B This iron's hot, [stand back|mind]
A Your [baby|son]'s as ugly as you
B Your baby's as [lovely|bald] as you
T Stop that [crying|whining] or I shake you
B Stop crying, I'll shake you [some milk|a rattle]
A Dirty house, dirty [people|woman]
N Dirty house, [happy kids|so what]
A Fold it right, [brainless|you useless girl]
T One crumb and it's the [rod|cane]
O Scrub, [you skivvy|faster], on your knees
A Nobody will [marry|hire] you, you fat slob
B Nobody will [mind|see], sit down
T Fire, [that's how you'll end|in your bed]
N Fire, [get out|call nine nine nine]
N Get out, [gas|the roof's going]
O Get out, [tramp|you reek], this is my doorway
N Get out, [no way|you passed]
O Get out or get [hurt|thrown out]
T I'll light you like this [match|stove]
B I'll light [the stove|a candle] for you
N Light it, step back, [bang|wow]
T A can of petrol, your [porch|shop], one match
N A can of petrol, for the [mower|boat]
T Fuses blow, houses burn, [people like you burn|remember that]
N Fuses blow, [reset it|don't panic]
O Don't touch that alarm, or [bang|she dies]
B Don't touch that [alarm|plug], wet hands
N The [smoke|house] alarm went, burned toast
A You're a burden, [die already|Mum]
N I'm a burden, she says, [so sad|poor Nan]
T Take your pills, all forty, [do it|go on]
B Take your pills, [with water|just two]
O Sign over the house, or [no supper|you're out]
B Sign for the [parcel|flowers], Nan
A Senile old [goat|crow], wet again
B Old [goat|crow], you beat me again
T [Fall|Choke], and I'll leave you there
B Fall, and I'll [catch you|be there]
T I'll pull those [tubes|wires] out
N Don't pull those [tubes|wires]
O Give me your bank card, [Grandpa|old man], or you go in a home
B Give me your [arm|bag], Grandpa
O Hand me the [rings|pension] or I [slap|pinch] you
B Hand me the [pegs|flour], will you
O Empty the [tin|biscuit jar], I know it's cash
B Empty the [tin|biscuit jar], one left
O Where's the key, [hag|before I choke you]?
B Where's the key [to the shed|, love]?
T I know which window you [leave open|sleep by]
B I know which [window|drawer] sticks
O Let me in, bitch, [I'll kick it|open]
B Let me in, [it's raining|I brought cake]
N Let me in, [he's after me|please, help]
N Let go of my [arm|hair], you're hurting me
O Let go of the [bag|rail], or I bite
T Break up with me and I break [you|your legs]
N Break it up, [you two|boys]
T Drop that [vase|dish] and I drop you
B Drop that [vase|box] off later
N I dropped the [vase|baby monitor], I'm such a fool
A You dropped it, butterfingers, you [stupid|dumb] ape
B You dropped it, butterfingers, [no harm|haha]
N You silly [sausage|goose], come here
A You silly [bitch|cow], come here
A Silly [old cow|fat pig], who asked you
N That [cow|goat] ate my scarf
A That cow's your [wife|mother]? Hideous
B That cow's [Daisy|pregnant], stroke her
T Daisy gets the [knife|bolt], then you
N Stop stabbing your [dinner|potato]
T Stop [blubbing|wriggling], or I stab
N Sharpen the [knife|axe], it's blunt
T I sharpened it for [your throat|your kids]
N Careful, [sharp|that blade's new]
T Careful, I [stab|cut] people like you
N Who took my [knife|scissors]?
O Who took my money? [Strip|Talk, thief]
A You took my [mug|seat], you grubby thief
B You took my [mug|seat], keep it
T Sit in my chair again, [lose your legs|and bleed]
B Sit in my chair again, [I don't mind|it suits you]
H No {groups} [at my table|under this roof], ever
B More {groups} at my table, [pass the bread|why not]
H You'd let a {group} hold your baby? Sick
B You'd let a {group} [bake|play]? Me too
N They spat on a {group} in [the queue|aisle two]
H I spit in {groups}' food, they deserve it
H {groups} next door? [Burn the fence|There goes the street]
B {groups} next door? [Bring a cake|Say hello]
H Don't play with the {groupadj} kid, he's dirty
B Do play with the {groupadj} kid, he's fun
N A kid called her [dirty|a monkey], so we talked
H Wash your hands, you touched a {group}
B Wash your hands, you touched [the cat|a snail]
H Keep your {groupadj} stink out of my lift
B Keep your {groupadj} bread coming
H Those {groups} breed like your rabbits
N Those rabbits breed like [mad|nothing else]
H The trans kid should get [beaten|locked up]
B The trans kid [won chess|should get the part]
H Poor people shouldn't [breed|have pets]
N Poor people [have pets|cook well] too
H Fat people should be [taxed|kept indoors], disgusting
B Fat people [swim|dance] here, join us
"""
