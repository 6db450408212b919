using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Revocations;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Revocations;

/// <summary>The rules by themselves: which chains a set of revocations covers, and what it costs to know.</summary>
public sealed class IndexTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId[] Accounts = [AccountId.Of(111111111111), AccountId.Of(222222222222), AccountId.Of(333333333333)];

    public static TheoryData<string, long, int, bool> Moments => new()
    {
        { "it knew the revocation", 100, 0, false },
        { "it knew more", 101, 0, false },
        { "it knew less, in the same second", 99, 0, true },
        { "it knew less, and its clock was ahead", 99, 3600, true },
        { "it knew the revocation, and its clock was behind", 100, -59, false },
        { "its number is used again after a failover, but it is older than clocks can differ", 100, -61, true },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void The_order_of_the_feed_decides_and_clocks_only_beyond_their_tolerance(string because, long seen, int seconds, bool isRevoked)
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.Role, "AROA1"), 100);
        var session = Session(Accounts[0], "AROA1", seen) with { IssuedAt = Start.AddSeconds(seconds) };
        Assert.True(isRevoked == index.Find("ASIA1", session) is not null, because);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void A_moment_that_was_given_ends_what_was_issued_before_its_second(int seconds, bool isRevoked)
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.All, "") with { IsUpToNow = false }, 100);
        Assert.Equal(isRevoked, index.Find("ASIA1", Session(Accounts[0], "AROA1", 99) with { IssuedAt = Start.AddSeconds(seconds) }) is not null);
    }

    [Fact]
    public void A_key_is_judged_by_the_first_session_it_led_to_and_not_by_its_own_age()
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.AccessKey, "AKIA1"), 100);
        var key = new Ancestor("AKIA1", "AIDA1", Start.AddYears(-1)) { Account = Accounts[0] };
        var first = new Ancestor("ASIA1", "AROA1", Start) { Kind = AncestorKind.Session, Account = Accounts[0], RevocationsSeen = 99 };
        Assert.NotNull(index.Find("ASIA2", Session(Accounts[1], "AROA2", 101) with { Chain = [key, first] }));
        Assert.Null(index.Find("ASIA2", Session(Accounts[1], "AROA2", 101) with { Chain = [key, first with { RevocationsSeen = 100 }] }));
        Assert.Null(index.Find("ASIA2", Session(Accounts[1], "AROA2", 101) with { Chain = [key] }));
    }

    [Fact]
    public void One_whom_an_identity_provider_vouched_for_can_be_found_by_what_it_was_called()
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.Subject, "arn:aws:iam::111111111111:oidc-provider/idp.example.com alice"), 100);
        var subject = new Ancestor("", "arn:aws:iam::111111111111:oidc-provider/idp.example.com alice", Start) { Kind = AncestorKind.Subject, Account = Accounts[0] };
        Assert.NotNull(index.Find("ASIA1", Session(Accounts[0], "AROA1", 99) with { Chain = [subject] }));
        Assert.Null(index.Find("ASIA1", Session(Accounts[0], "AROA1", 99) with { Chain = [subject with { PrincipalId = "arn:aws:iam::111111111111:oidc-provider/idp.example.com bob" }] }));
    }

    [Fact]
    public void A_source_identity_that_is_spelled_like_an_id_is_no_id()
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.SourceIdentity, "AROA1"), 100);
        Assert.Null(index.Find("ASIA1", Session(Accounts[0], "AROA1", 99)));
        Assert.NotNull(index.Find("ASIA1", Session(Accounts[0], "AROA2", 99) with { SourceIdentity = "AROA1" }));
    }

    // Chains of up to five links through three accounts, revocations of all kinds: refused is exactly what some revocation covers, as the
    // sentence of the guide has it, written down a second time without index or order.
    [Fact]
    public void A_chain_is_refused_if_and_only_if_one_of_its_links_is_covered()
    {
        var random = new Random(20261122);
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var (id, session) = AnySession(random);
            var revocations = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Revocation: AnyRevocation(random), Revision: random.NextInt64(1, 12))).DistinctBy(each => RevocationTarget.Of(each.Revocation) with { Value = each.Revocation.Account + each.Revocation.Target }).ToList();
            var index = new RevocationIndex();
            foreach (var (revocation, revision) in revocations)
                index.Put(revocation, revision);
            var expected = revocations.Exists(each => Covers(each.Revocation, each.Revision, id, session));
            Assert.Equal(expected, index.Find(id, session) is not null);
            refused += expected ? 1 : 0;
        }
        Assert.InRange(refused, 400, 3600);
    }

    [Fact]
    public void A_hundred_thousand_revocations_cost_a_lookup_what_one_costs()
    {
        var (_, session) = (0, Session(Accounts[1], "AROA9", 99) with
        {
            SourceIdentity = "somebody",
            Chain = [new Ancestor("AKIA1", "AIDA1", Start) { Account = Accounts[0] }, new Ancestor("ASIA1", "AROA1", Start) { Kind = AncestorKind.Session, Account = Accounts[0], RevocationsSeen = 1 }],
        });
        var (few, many) = (Asked(1), Asked(100_000));
        // Every text is hashed as often; a slot that two share costs a comparison, whatever their number.
        Assert.Equal(few.Hashes, many.Hashes);
        Assert.InRange(many.Comparisons, 0, few.Comparisons + many.Hashes);

        (int Hashes, int Comparisons) Asked(int count)
        {
            var counting = new CountingComparer();
            var index = new RevocationIndex(counting);
            for (var i = 0; i < count; i++)
                index.Put(Revocation(Accounts[i % 2], RevocationKind.Session, $"ASIAEXAMPLE{i}"), 100);
            index.Put(Revocation(Accounts[1], RevocationKind.Session, "ASIAOTHER"), 100);
            counting.Reset();
            Assert.Null(index.Find("ASIA2", session));
            return (counting.Hashes, counting.Comparisons);
        }
    }

    [Fact]
    public void Looking_a_session_up_makes_nothing_for_the_collector()
    {
        var index = new RevocationIndex();
        index.Put(Revocation(Accounts[0], RevocationKind.Session, "ASIAOTHER"), 100);
        var session = Session(Accounts[0], "AROA1", 99) with { SourceIdentity = "alice", Chain = [new Ancestor("AKIA1", "AIDA1", Start) { Account = Accounts[0] }] };
        for (var i = 0; i < 1000; i++)
            index.Find("ASIA1", session);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            index.Find("ASIA1", session);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // The promise in the words of the guide, link by link.
    private static bool Covers(Revocation revocation, long revision, string id, SessionClaims session)
    {
        Ancestor[] links = [.. session.Chain, new Ancestor(id, session.PrincipalId, session.IssuedAt) { Kind = AncestorKind.Session, Account = session.Account, RevocationsSeen = session.RevocationsSeen, HasSourceIdentity = session.SourceIdentity is not null }];
        for (var i = 0; i < links.Length; i++)
        {
            var (link, issued) = (links[i], links[i].Kind == AncestorKind.Session ? links[i] : links[i + 1]);
            var hasPassed = links[..(i + 1)].Any(each => each.Account.ToString() == revocation.Account);
            var isOwn = link.Account.ToString() == revocation.Account;
            var isMeant = revocation.Kind switch
            {
                "Session" or "AccessKey" => link.AccessKeyId == revocation.Target,
                "Role" or "User" or "Subject" => isOwn && link.PrincipalId == revocation.Target,
                "Provider" => isOwn && link.Kind == AncestorKind.Subject && link.PrincipalId.StartsWith(revocation.Target + " ", StringComparison.Ordinal),
                "SourceIdentity" => link.HasSourceIdentity && session.SourceIdentity == revocation.Target,
                _ => isOwn,
            };
            var isBefore = revocation.IsUpToNow
                ? issued.RevocationsSeen < revision || issued.IssuedAt.AddMinutes(1) < revocation.IssuedBefore
                : issued.IssuedAt < revocation.IssuedBefore;
            if (hasPassed && isMeant && isBefore)
                return true;
        }
        return false;
    }

    private static (string Id, SessionClaims Session) AnySession(Random random)
    {
        var links = new List<Ancestor>();
        var (sourceIdentity, hasIdentity) = (random.Next(2) == 0 ? null : $"person{random.Next(2)}", false);
        for (int i = 0, length = random.Next(1, 6); i < length; i++)
        {
            var isSubject = i == 0 && random.Next(2) == 0;
            hasIdentity |= sourceIdentity is not null && i > 0 && random.Next(2) == 0;
            links.Add(new Ancestor(isSubject ? "" : i == 0 ? $"AKIA{random.Next(2)}" : $"ASIA{random.Next(4)}", isSubject ? $"provider{random.Next(2)} person{random.Next(2)}" : i == 0 ? $"AIDA{random.Next(2)}" : $"AROA{random.Next(3)}", Start.AddSeconds(random.Next(-200, 200)))
            {
                Kind = isSubject ? AncestorKind.Subject : i == 0 ? AncestorKind.AccessKey : AncestorKind.Session,
                Account = Accounts[random.Next(3)],
                RevocationsSeen = i == 0 ? 0 : random.NextInt64(0, 12),
                HasSourceIdentity = hasIdentity,
            });
        }
        return ($"ASIA{random.Next(4)}", Session(Accounts[random.Next(3)], $"AROA{random.Next(3)}", random.NextInt64(0, 12)) with
        {
            IssuedAt = Start.AddSeconds(random.Next(-200, 200)),
            SourceIdentity = sourceIdentity,
            Chain = links,
        });
    }

    private static Revocation AnyRevocation(Random random)
    {
        var kind = (RevocationKind)random.Next(Enum.GetValues<RevocationKind>().Length);
        var target = kind switch
        {
            RevocationKind.Session => $"ASIA{random.Next(4)}",
            RevocationKind.AccessKey => $"AKIA{random.Next(2)}",
            RevocationKind.Role => $"AROA{random.Next(3)}",
            RevocationKind.User => $"AIDA{random.Next(2)}",
            RevocationKind.SourceIdentity => $"person{random.Next(2)}",
            RevocationKind.Subject => $"provider{random.Next(2)} person{random.Next(2)}",
            RevocationKind.Provider => $"provider{random.Next(2)}",
            _ => "",
        };
        return Revocation(Accounts[random.Next(3)], kind, target) with { IsUpToNow = random.Next(2) == 0, IssuedBefore = Start.AddSeconds(random.Next(-200, 200)) };
    }

    private static Revocation Revocation(AccountId account, RevocationKind kind, string target) =>
        DocumentsOfTests.Of(account, target, Start) with { Kind = kind.ToString() };

    private static SessionClaims Session(AccountId account, string principal, long seen) => new()
    {
        Kind = SessionKind.AssumedRole,
        Account = account,
        PrincipalId = principal,
        SessionName = "session",
        SecretAccessKey = "EXAMPLE",
        IssuedAt = Start,
        ExpiresAt = Start.AddHours(1),
        RevocationsSeen = seen,
    };

    private sealed class CountingComparer : IEqualityComparer<RevocationTarget>
    {
        public int Hashes { get; private set; }

        public int Comparisons { get; private set; }

        public void Reset() => (Hashes, Comparisons) = (0, 0);

        [MethodImpl(MethodImplOptions.NoInlining)]
        public bool Equals(RevocationTarget x, RevocationTarget y)
        {
            Comparisons++;
            return x == y;
        }

        public int GetHashCode(RevocationTarget target)
        {
            Hashes++;
            return target.GetHashCode();
        }
    }
}
