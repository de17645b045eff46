/*
 * The default world in Promela, written from semantics.md: a second reading of the page, at operation grain.
 *
 * One process; one option of its loop is one operation, atomic, so that SPIN stores what semantics §5 counts. Variables
 * that an operation uses on its way are 0 again at its end; those of one d_step are hidden.
 *
 * The world is public/worlds/default.dax: kernel 7.0, xfs, alloc any; the lines above its menus are the initial values.
 * Knobs and uses are constants with -DFIXED, else read from the environment (KNOBS), so that one compiled program serves
 * all options. -DBARE: no property is looked at. -DGRAPH: every state and transition is printed.
 */

/* knobs, values numbered in the order of semantics §3 */
#ifdef FIXED
#define IS(knob, value)   ((knob) == (value))
#define LEFT(used, most)  (used < (most))
#else
#define IS(knob, value)   c_expr { (knob) == (value) }
#define LEFT(used, most)  c_expr { now.used < (most) }
#define PIN_LONGTERM   knob[0]
#define LAYOUT_ONPIN   knob[1]
#define LAYOUT_SCOPE   knob[2]
#define LAYOUT_LEASE   knob[3]
#define WRITE_ONPIN    knob[4]
#define REFLINK_ONPIN  knob[5]
#define FREE_ONPIN     knob[6]
#define FS_REFLINK     knob[7]
#define FS_PUNCH       knob[8]
#define FS_SHRINK      knob[9]
#define FILE_IMMUTABLE knob[10]
#define PIN_READONLY   knob[11]
#define APP_USES       knob[12]
#define ADMIN_USES     knob[13]
#define PEER_USES      knob[14]
#endif

c_decl {
\#include <stdlib.h>
\#include <stdio.h>
\#include <string.h>
static int knob[15];
static void readKnobs(void) __attribute__((constructor));
static void readKnobs(void)
{	char *p = getenv("KNOBS");
	for (int k = 0; p && k < 15; k++) knob[k] = (int) strtol(p, &p, 10);
	if (knob[0] == 4) printf("before 2048\n");    /* pin.longterm=never refused k already: F1 */
}
}

/* pin.longterm */
#define REFUSE 0
#define ALLOW 1
#define BY_LEASE 2
#define BY_FLAG 3
#define NEVER 4
/* layout.onPin */
#define WAIT 0
#define IGNORE 1
#define BUSY 2
#define REVOKE 3
#define KILL 4
#define REWRITE 5
/* write.onPin, reflink.onPin, layout.lease */
#define W_REVOKE 3
#define R_WAIT 0
#define R_BUSY 1
#define R_ALLOW 2
#define R_REVOKE 4
#define RECALL 1
#define EXCLUSIVE 2

/* properties, as bits */
#define S1 1
#define S2 2
#define S4 4
#define S5a 8
#define S5b 16
#define S6 32
#define S8 64
#define L5 256
#define L7 512
#define L8 1024
#define F1 2048
#define L2 4096

/* blocks; in maps, entries and y block + 1, 0: none */
#define FREE 0
#define OWNED 1
#define ZOMBIE 2
/* tags: . a b X Y Z */
#define X 3
#define Y 4
#define Z 5
/* PTEs: none, the zero page, or block and writable */
#define ZERO_PTE       1
#define ON(block, w)   (2 + 2 * (block) + (w))
#define BLOCK_OF(pte)  (((pte) - 2) / 2)
#define WRITES(pte)    ((pte) >= 2 && ((pte) & 1))
/* slots of the MR: invalid, block + 1, or the zero page; without ODP they are its pins too */
#define ZERO_SLOT      7
#define SLOT_OF(pte)   ((pte) == ZERO_PTE -> ZERO_SLOT : BLOCK_OF(pte) + 1)
/* MRs */
#define NONE 0
#define LIVE 1
#define REVOKED 2
#define DESTROYED 3
#define LW 1
#define RR 2
#define RW 4
#define ODP 8
#define ALIVE 0
#define DYING 1
#define DEAD 2
/* tasks, operations that can sleep, what they sleep for */
#define APP 0
#define ADMIN 1
#define FT0 1
#define FT1 2
#define PUNCH 3
#define CLONE 4
#define PWRITE 5
#define FOR_PIN 1
#define FOR_LOCK 2
#define FOR_LEASE 3
#define FOR_DEATH 4    /* killed, and not ended yet */

byte st[6] = { OWNED, OWNED, FREE, FREE, FREE, FREE };
byte tag[6] = { 1, 2, 0, 0, 0, 0 };
byte aSize = 2;
byte aMap[2] = { 1, 2 };
byte aEnt[2];
byte bSize = 1;
byte bMap[2] = { 1, 0 };
byte pte[2]; bool dirty[2];    /* only a CPU store makes a PTE dirty, not the fault for a pin or the NIC */
byte mr, acc, mtt[2];
bool lease = 1, breaking;
byte app;                      /* alive, dying, dead */
byte op[2], waits[2], on[2];   /* by task; on: block + 1 */
byte owner;                    /* of A's i_rwsem: task + 1 (B's is only ever taken and queued for behind it) */
byte first;                    /* both asleep: who fell asleep first, + 1 */
byte used[3];
byte y; bool ok;               /* on the way: the block the allocator gave; whether the fault was served, the call admitted */
hidden byte x, i, kept, due, got, busy, range, scope;

#ifdef GRAPH
int from, bad;
c_code {
static char (*texts)[128]; static int *next, *heads, count, room;
static int intern(void)
{	char t[128]; unsigned h = 5381;
	sprintf(t, "%d%d%d%d%d%d %d%d%d%d%d%d A%d:%d%d/%d%d B%d:%d%d p%d,%d,%d%d mr%d:%d:%d%d l%d%d app%d:%d:%d admin%d:%d:%d o%d f%d k%d u%d%d%d",
		now.st[0], now.st[1], now.st[2], now.st[3], now.st[4], now.st[5],
		now.tag[0], now.tag[1], now.tag[2], now.tag[3], now.tag[4], now.tag[5],
		now.aSize, now.aMap[0], now.aMap[1], now.aEnt[0], now.aEnt[1],
		now.bSize, now.bMap[0], now.bMap[1], now.pte[0], now.pte[1], now.dirty[0], now.dirty[1],
		now.mr, now.acc, now.mtt[0], now.mtt[1], now.lease, now.breaking,
		now.op[0], now.waits[0], now.on[0], now.op[1], now.waits[1], now.on[1], now.owner, now.first, now.app,
		now.used[0], now.used[1], now.used[2]);
	for (char *c = t; *c; c++) h = h * 33 + (unsigned char) *c;
	h &= 0xfffff;
	if (!heads) heads = calloc(0x100000, sizeof(int));
	for (int n = heads[h]; n; n = next[n - 1]) if (!strcmp(texts[n - 1], t)) return n;
	if (count == room)
	{	room = room ? 2 * room : 4096;
		texts = realloc(texts, room * sizeof(*texts)); next = realloc(next, room * sizeof(int));
	}
	strcpy(texts[count], t); next[count] = heads[h]; heads[h] = ++count;
	printf("state %d %s\n", count, t);
	return count;
}
}
#define BEGIN          c_code { now.from = intern(); }
#define END(label)     x = label; c_code { int at = now.from, b = now.bad, what = x; x = 0; now.from = 0; now.bad = 0; printf("edge %d %d %d %d\n", at, intern(), b, what); }
#define FLAG(id)       c_code { now.bad |= id; }
#else
c_code { static unsigned seen; }
#define BEGIN          skip
#define END(label)     skip
#define FLAG(id)       c_code { seen |= id; }
#endif
#ifdef BARE
#define VIOLATED(id, cond)  skip
#else
#define VIOLATED(id, cond)  if :: (cond) -> FLAG(id) :: else fi
#endif

#define REF(b)      ((aMap[0] == (b)+1) + (aMap[1] == (b)+1) + (bMap[0] == (b)+1) + (bMap[1] == (b)+1))
#define PINS        (mr == LIVE && !(acc & ODP))
#define PINNED(b)   (PINS && (mtt[0] == (b)+1 || mtt[1] == (b)+1))
#define HELD(k)     (aEnt[k] != 0 && PINNED(aEnt[k] - 1))
#define PLAIN(k)    (aMap[k] != 0 && REF(aMap[k]-1) == 1)

/* which block: every free one is a choice */
inline pick()
{	if
	:: st[0] == FREE -> y = 1
	:: st[1] == FREE -> y = 2
	:: st[2] == FREE -> y = 3
	:: st[3] == FREE -> y = 4
	:: st[4] == FREE -> y = 5
	:: st[5] == FREE -> y = 6
	:: st[0] && st[1] && st[2] && st[3] && st[4] && st[5] -> y = 0
	fi
}

/* the MMU notifier too */
inline zap(k)
{	pte[k] = 0; dirty[k] = 0;
	if :: mr == LIVE && (acc & ODP) -> mtt[k] = 0 :: else fi
}

/* a map entry of block b went */
inline unref(b)
{	if
	:: REF(b) > 0
	:: REF(b) == 0 && PINNED(b) && IS(FREE_ONPIN, 1) -> st[b] = ZOMBIE
	:: else -> st[b] = FREE; got++
	fi
}

inline unpin(becomes)
{	mr = becomes; mtt[0] = 0; mtt[1] = 0;
	if :: mr == DESTROYED -> acc = 0 :: else fi;
	i = 0;
	do
	:: i < 6 -> if :: st[i] == ZOMBIE -> st[i] = FREE :: else fi; i++
	:: else -> break
	od;
	i = 0
}

/* an option revokes app's MR */
inline fence(t)
{	VIOLATED(L7, t == ADMIN);
	unpin(REVOKED)
}

/* page k, freshly allocated block y: a hole filled, or a COW break */
inline place(k, writes)
{	x = aMap[k];
	zap(k);
	st[y-1] = OWNED;
	if :: x != 0 -> tag[y-1] = tag[x-1] :: else -> tag[y-1] = 0 fi;
	aMap[k] = y;
	if :: writes -> aEnt[k] = y; pte[k] = ON(y-1, 1) :: else -> aEnt[k] = 0 fi;
	if :: x != 0 -> unref(x-1) :: else fi;
	y = 0; x = 0; got = 0
}

/* write.onPin, before the write leaves block aMap[k] */
inline leave(k, t)
{	if
	:: IS(WRITE_ONPIN, W_REVOKE) && aMap[k] != 0 && PINNED(aMap[k]-1) -> d_step { fence(t) }
	:: else
	fi
}

/* a fault as store at page k: afterwards its PTE is writable, or ok is 0 */
inline touch(k)
{	if
	:: WRITES(pte[k]) -> ok = 1
	:: !WRITES(pte[k]) && k < aSize && PLAIN(k) -> d_step { aEnt[k] = aMap[k]; pte[k] = ON(aMap[k]-1, 1); ok = 1 }
	:: !WRITES(pte[k]) && k < aSize && !PLAIN(k) ->
		leave(k, APP);
		pick();
		if
		:: y == 0
		:: else -> d_step { place(k, true); ok = 1 }
		fi
	:: else
	fi
}

/* a fault as load, and what a read-only pin asks for */
inline look(k)
{	if
	:: IS(PIN_READONLY, 1) && k < aSize && aMap[k] != 0 && !PLAIN(k) -> touch(k)
	:: else -> d_step {
		if
		:: pte[k] != 0 -> ok = 1
		:: pte[k] == 0 && k < aSize && aMap[k] == 0 -> pte[k] = ZERO_PTE; ok = 1
		:: pte[k] == 0 && k < aSize && aMap[k] != 0 -> aEnt[k] = aMap[k]; pte[k] = ON(aMap[k]-1, 0); ok = 1
		:: else
		fi
	}
	fi
}

#define ON_BLOCK(k)  (mr == LIVE && mtt[k] != 0 && mtt[k] != ZERO_SLOT)
#define S1_AT(k)     (ON_BLOCK(k) && st[mtt[k]-1] == FREE)
#define S2_AT(k)     (ON_BLOCK(k) && st[mtt[k]-1] == OWNED && aMap[0] != mtt[k] && aMap[1] != mtt[k])
#define S6_AT(k)     ((pte[k] == ZERO_PTE && aMap[k] != 0 && tag[aMap[k]-1] != 0) || \
                      (pte[k] >= 2 && (BLOCK_OF(pte[k]) + 1 != aMap[k] || (WRITES(pte[k]) && REF(BLOCK_OF(pte[k])) > 1))))
#define STUCK(t)     (waits[t] == FOR_PIN && PINNED(on[t]-1))

/* the last of every operation: what is true of the state, and no scratch left */
inline ends(label)
{	ok = 0; x = 0; i = 0; kept = 0; due = 0; got = 0; busy = 0; range = 0; scope = 0;
#ifndef BARE
	VIOLATED(S1, S1_AT(0) || S1_AT(1));
	VIOLATED(S2, S2_AT(0) || S2_AT(1));
	VIOLATED(S6, S6_AT(0) || S6_AT(1));
	VIOLATED(L2, STUCK(APP) || (STUCK(ADMIN) && waits[APP] == FOR_LOCK));
#endif
	END(label)
}

#define NO_MR         (mr == NONE || mr == DESTROYED)
#define CAN(t, most)  (waits[t] == 0 && (t == ADMIN || app == ALIVE) && LEFT(used[t], most))
#define CAN_PEER      (!NO_MR && LEFT(used[2], PEER_USES))

inline store(k)
{	d_step { BEGIN; used[APP]++ };
	touch(k);
	d_step {
		if
		:: ok -> VIOLATED(S4, REF(BLOCK_OF(pte[k])) > 1); tag[BLOCK_OF(pte[k])] = X; dirty[k] = 1
		:: else
		fi;
		ends(1)
	}
}

#define EXCLUSIVELY_OURS  ((aSize < 1 || PLAIN(0)) && (aSize < 2 || PLAIN(1)))
#define ADMITTED  (IS(PIN_LONGTERM, ALLOW) || (IS(PIN_LONGTERM, BY_LEASE) && lease) || \
                   (IS(PIN_LONGTERM, BY_FLAG) && !IS(FILE_IMMUTABLE, 0) && EXCLUSIVELY_OURS))
inline register(access, label)
{	d_step { BEGIN; used[APP]++ };
	if
	:: ADMITTED ->
		if :: access & LW -> touch(0) :: else -> look(0) fi;
		if
		:: ok -> ok = 0; if :: access & LW -> touch(1) :: else -> look(1) fi
		:: else
		fi
	:: else
	fi;
	d_step {
		if
		:: ok -> mr = LIVE; acc = access; mtt[0] = SLOT_OF(pte[0]); mtt[1] = SLOT_OF(pte[1])
		:: else -> mr = NONE    /* the name stands for what its last reg_mr made: nothing */
		fi;
		ends(label)
	}
}

#define TAG_AT(k)   (aMap[k] == 0 -> 0 : tag[aMap[k]-1])
#define MOVED(k)    (k >= aSize || aMap[k] != x)
/* one word through slot k by the peer; translated on demand, as store iff the MR is writable */
inline dma(k, need, label)
{	d_step { BEGIN; used[2]++ };
	if
	:: mr == LIVE && (acc & need) && mtt[k] == 0 ->
		touch(k);
		if :: ok -> mtt[k] = SLOT_OF(pte[k]) :: else fi
	:: else
	fi;
	d_step {
		if
		:: mr == LIVE && (acc & need) && mtt[k] != 0 ->
			x = mtt[k];
			if
			:: need == RW ->
				VIOLATED(S4, REF(x-1) > 1);
				VIOLATED(S5a, MOVED(k));
				VIOLATED(S8, !(acc & LW));
				tag[x-1] = Z
			:: need == RR && x == ZERO_SLOT -> VIOLATED(S5b, k >= aSize || TAG_AT(k) != 0)
			:: else -> VIOLATED(S5b, MOVED(k) && (k >= aSize || TAG_AT(k) != tag[x-1]))
			fi
		:: else
		fi;
		ends(label)
	}
}

inline sleep(t, o, what, block)
{	op[t] = o; waits[t] = what; on[t] = block;
	if :: waits[1 - t] != 0 -> first = 2 - t :: else fi
}

/* ends the sleep of t; whoever begins has none */
inline wake(t)
{	op[t] = 0; waits[t] = 0; on[t] = 0; first = 0
}

/* handed over, first come first served */
inline unlock(t)
{	if
	:: waits[1 - t] == FOR_LOCK -> owner = 2 - t
	:: else -> owner = 0
	fi
}

/* feature knobs, leases, the lock: ok if t may go on with it */
inline admit(o, t)
{	if
	:: o == PUNCH && !IS(FS_PUNCH, 0) -> VIOLATED(F1, true)
	:: o == CLONE && !IS(FS_REFLINK, 0) -> VIOLATED(F1, true)
	:: else ->
		if
		:: t == ADMIN && lease && IS(LAYOUT_LEASE, RECALL) -> breaking = 1; sleep(t, o, FOR_LEASE, 0)
		:: t == ADMIN && lease && IS(LAYOUT_LEASE, EXCLUSIVE) -> VIOLATED(L8, o != CLONE)
		:: else -> lock(o, t)
		fi
	fi
}

inline lock(o, t)
{	if
	:: owner != 0 -> sleep(t, o, FOR_LOCK, 0)
	:: else -> owner = t + 1; ok = 1
	fi
}

inline drop(k)    /* t5, t6 at one index */
{	if
	:: (range >> k) & 1 ->
		x = aMap[k];
		if :: x != 0 && REF(x-1) == 1 -> due++ :: else fi;
		if
		:: !((kept >> k) & 1) ->
			aEnt[k] = 0; aMap[k] = 0;
			if :: x != 0 -> unref(x-1) :: else fi
		:: else
		fi
	:: else
	fi
}

/* t2 to t7; scope, range and kept: bit k for index k */
inline change(o, t)
{	range = (o == FT0 -> 3 : (o == FT1 -> 2 : 1));
	if
	:: IS(LAYOUT_SCOPE, 0) -> scope = 3
	:: else -> scope = (o == FT1 && aSize == 0 -> 3 : range)
	fi;
	if :: scope & 1 -> zap(0) :: else fi;
	if :: scope & 2 -> zap(1) :: else fi;
	kept = ((scope & 1) && HELD(0) -> 1 : 0) + ((scope & 2) && HELD(1) -> 2 : 0);
	busy = (kept == 0 -> 0 : (kept & 1 -> 1 : 2));
	if
	:: kept != 0 && IS(LAYOUT_ONPIN, REVOKE) -> fence(t); kept = 0; busy = 0
	:: else
	fi;
	if
	:: busy != 0 && IS(LAYOUT_ONPIN, BUSY) -> VIOLATED(L8, true); unlock(t)
	:: busy != 0 && IS(LAYOUT_ONPIN, KILL) ->
		if :: app == ALIVE -> VIOLATED(L7, t == ADMIN); app = DYING :: else fi;
		if :: waits[APP] == 0 -> sleep(APP, 0, FOR_DEATH, 0) :: else fi;
		/* whoever is killed does not sleep: EINTR */
		if :: t == APP -> unlock(t) :: else -> sleep(t, o, FOR_PIN, aEnt[busy - 1]) fi
	:: busy != 0 && IS(LAYOUT_ONPIN, WAIT) -> sleep(t, o, FOR_PIN, aEnt[busy - 1])
	:: else ->
		if
		:: busy == 0 -> aEnt[0] = (scope & 1 -> 0 : aEnt[0]); aEnt[1] = (scope & 2 -> 0 : aEnt[1])
		:: else
		fi;
		if :: !IS(LAYOUT_ONPIN, REWRITE) -> kept = 0 :: else fi;
		drop(0); drop(1);
		if
		:: o == FT0 -> aSize = (kept == 0 -> 0 : (kept & 2 -> 2 : 1))
		:: o == FT1 -> aSize = (kept & 2 -> 2 : 1)
		:: else
		fi;
		VIOLATED(L5, got < due);
		unlock(t)
	fi
}

inline share(k)    /* r4 at one index */
{	if
	:: k < aSize && bMap[k] != aMap[k] ->
		x = bMap[k];
		if :: x != 0 && REF(x-1) == 1 -> due++ :: else fi;
		bMap[k] = aMap[k];
		if :: x != 0 -> unref(x-1) :: else fi
	:: else
	fi
}

inline clone()    /* r2 to r5; nobody has B mapped, so that its scan finds nothing */
{	zap(0); zap(1);
	busy = (HELD(0) -> 1 : (HELD(1) -> 2 : 0));
	if
	:: busy != 0 && IS(REFLINK_ONPIN, R_REVOKE) -> fence(ADMIN); busy = 0
	:: else
	fi;
	if
	:: busy != 0 && IS(REFLINK_ONPIN, R_WAIT) -> sleep(ADMIN, CLONE, FOR_PIN, aEnt[busy - 1])
	:: busy != 0 && IS(REFLINK_ONPIN, R_BUSY) -> VIOLATED(L8, true); unlock(ADMIN)
	:: else ->
		if :: busy == 0 -> aEnt[0] = 0; aEnt[1] = 0 :: else fi;
		share(0); share(1);
		bSize = (bSize < aSize -> aSize : bSize);
		VIOLATED(L5, got < due);
		unlock(ADMIN)
	fi
}

#define SHRINKS(o)  ((o == FT0 && aSize > 0) || (o == FT1 && aSize > 1))

/* with the lock: the flag, fs.shrink, then the rest */
inline layout(o, t)
{	if
	:: !IS(FILE_IMMUTABLE, 0) -> VIOLATED(L8, true); unlock(t)
	:: IS(FILE_IMMUTABLE, 0) && SHRINKS(o) && !IS(FS_SHRINK, 0) -> VIOLATED(L8, true); VIOLATED(F1, true); unlock(t)
	:: else -> change(o, t)
	fi
}

inline reflink()
{	if
	:: IS(FILE_IMMUTABLE, 2) -> unlock(ADMIN)
	:: else -> clone()
	fi
}

inline write(k)
{	if
	:: IS(FILE_IMMUTABLE, 2) -> VIOLATED(L8, true)
	:: !IS(FILE_IMMUTABLE, 2) && k < aSize && PLAIN(k) -> tag[aMap[k]-1] = Y
	:: else ->
		leave(k, ADMIN);
		pick();
		if
		:: y == 0 -> d_step { zap(k); aEnt[k] = 0 }
		:: else -> d_step {
			place(k, false);
			tag[aMap[k]-1] = Y;
			if :: aSize <= k -> aSize = k + 1 :: else fi
		}
		fi
	fi;
	unlock(ADMIN)
}

#define PIN_GONE(o, t)    (waits[t] == FOR_PIN && op[t] == o && !PINNED(on[t]-1))
#define LEASE_GONE(o, t)  (waits[t] == FOR_LEASE && op[t] == o && !lease)
#define GIVEN(o, t)       (waits[t] == FOR_LOCK && op[t] == o && owner == t + 1)

#define LAYOUT_OP(o, t, most) \
	:: d_step { CAN(t, most) -> BEGIN; used[t]++; admit(o, t); if :: ok -> layout(o, t) :: else fi; ends(10 + o) } \
	:: d_step { LEASE_GONE(o, t) -> BEGIN; wake(t); lock(o, t); if :: ok -> layout(o, t) :: else fi; ends(20 + o) } \
	:: d_step { GIVEN(o, t) -> BEGIN; wake(t); layout(o, t); ends(20 + o) } \
	:: d_step { PIN_GONE(o, t) -> BEGIN; wake(t); change(o, t); ends(20 + o) }

active proctype world()
{
end:	do
	:: atomic { CAN(APP, APP_USES) -> store(0) }
	:: atomic { CAN(APP, APP_USES) && NO_MR -> register(RR, 2) }
	:: atomic { CAN(APP, APP_USES) && NO_MR -> register(LW | RW, 3) }
	:: d_step { CAN(APP, APP_USES) && NO_MR -> BEGIN; used[APP]++; mr = LIVE; acc = LW | RW | ODP; ends(4) }
	:: d_step { CAN(APP, APP_USES) && !NO_MR -> BEGIN; used[APP]++; unpin(DESTROYED); ends(5) }
	LAYOUT_OP(FT1, APP, APP_USES)
	LAYOUT_OP(FT0, ADMIN, ADMIN_USES)
	LAYOUT_OP(PUNCH, ADMIN, ADMIN_USES)
	:: d_step { CAN(ADMIN, ADMIN_USES) -> BEGIN; used[ADMIN]++; admit(CLONE, ADMIN); if :: ok -> reflink() :: else fi; ends(14) }
	:: d_step { LEASE_GONE(CLONE, ADMIN) -> BEGIN; wake(ADMIN); lock(CLONE, ADMIN); if :: ok -> reflink() :: else fi; ends(24) }
	:: d_step { GIVEN(CLONE, ADMIN) -> BEGIN; wake(ADMIN); reflink(); ends(24) }
	:: d_step { PIN_GONE(CLONE, ADMIN) -> BEGIN; wake(ADMIN); clone(); ends(24) }
	:: atomic { CAN(ADMIN, ADMIN_USES) -> d_step { BEGIN; used[ADMIN]++; admit(PWRITE, ADMIN) }; if :: ok -> write(0) :: else fi; d_step { ends(15) } }
	:: atomic { LEASE_GONE(PWRITE, ADMIN) -> d_step { BEGIN; wake(ADMIN); lock(PWRITE, ADMIN) }; if :: ok -> write(0) :: else fi; d_step { ends(25) } }
	:: atomic { GIVEN(PWRITE, ADMIN) -> d_step { BEGIN; wake(ADMIN) }; write(0); d_step { ends(25) } }
	:: d_step { breaking -> BEGIN; lease = 0; breaking = 0; ends(9) }
	:: d_step { waits[APP] == FOR_DEATH -> BEGIN; wake(APP); zap(0); zap(1); if :: !NO_MR -> unpin(DESTROYED) :: else fi; lease = 0; breaking = 0; app = DEAD; ends(6) }
	:: atomic { CAN_PEER -> dma(0, RR, 7) }
	:: atomic { CAN_PEER -> dma(0, RW, 8) }
	od
}
