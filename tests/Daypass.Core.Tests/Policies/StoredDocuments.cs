using System.Text;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Documents that were stored once and are not what today's reader takes: evaluated where they are understood, closed where not.</summary>
public sealed class StoredDocuments
{
    private const string AllowAll = "{'Effect':'Allow','Action':'*','Resource':'*'}";

    /// <summary>Members of a statement that nobody understands.</summary>
    public static TheoryData<string> NotUnderstood => new()
    {
        "'Action':'s3:*','Resource':'*','Purpose':'x'",
        "'Action':'s3:*','Action':'ec2:*','Resource':'*'",
        "'Action':'s3:*','NotAction':'s3:*','Resource':'*'",
        "'Action':{'s3':'*'},'Resource':'*'",
        "'Action':'s3','Resource':'*'",
        "'Action':'s3:a:b','Resource':'*'",
        "'NotAction':'ec2','Resource':'*'",
        "'Resource':'*'",
        "'Action':'s3:*'",
        "'Action':'s3:*','Resource':'b/k'",
        "'Action':'s3:*','Resource':'*','Principal':'*'",
        "'Action':'s3:*','Resource':'*','Condition':{'StringMatches':{'k:k':'x'}}",
        "'Action':'s3:*','Resource':'*','Condition':{'StringNotEquals':{'k:k':{'a':'b'}}}",
        "'Action':'s3:*','Resource':'*','Condition':{'NumericNotEquals':{'k:k':'ten'}}",
        "'Action':'s3:*','Resource':'*','Condition':{'StringNotEquals':{'k:k':'x','K:K':'y'}}",
        "'Action':'s3:*','Resource':'*','Condition':{'StringNotEquals':{'k:k':'x'},'StringNotEquals':{'k:k':'y'}}",
        "'Action':'s3:*','Resource':'*','Condition':{'StringNotEquals':{'k:k':'x','k:k':'y'}}",
        "'Action':'s3:*','Resource':'*','Condition':[]",
        "'Action':'s3:*','Resource':'*','Condition':{'Null':true}",
    };

    /// <summary>Texts of which not even the statements are certain.</summary>
    public static TheoryData<string> Unreadable => new()
    {
        "", "{", "null", "[]", "nonsense",
        "{'Version':'2012-10-17'}",
        "{'Version':'2030-01-01','Statement':[" + AllowAll + "]}",
        "{'Version':2012,'Statement':[" + AllowAll + "]}",
        "{'Version':'2012-10-17','Statement':[" + AllowAll + "],'Statement':[]}",
        "{'Version':'2012-10-17','Default':'Deny','Statement':[" + AllowAll + "]}",
        "{'Version':'2012-10-17','Statement':'" + "x'}",
        AllowAll,
    };

    [Theory, MemberData(nameof(NotUnderstood))]
    public void An_Allow_that_is_not_understood_allows_nothing(string members)
    {
        var document = Stored($"{{'Effect':'Allow',{members}}}");
        Assert.NotNull(document.Fault);
        Assert.False(document.Statements[0].IsUnderstood);
        Assert.False(Decide(document).IsAllowed);
        Assert.NotEqual(DenialReason.ExplicitDeny, Decide(document).Reason);
        Assert.False(Decide(document, "ec2:RunInstances").IsAllowed);
    }

    [Theory, MemberData(nameof(NotUnderstood))]
    public void A_Deny_that_is_not_understood_denies_all_that_it_may_have_meant(string members)
    {
        var document = Stored(AllowAll, $"{{'Effect':'Deny',{members}}}");
        Assert.Equal(DenialReason.ExplicitDeny, Decide(document).Reason);
        Assert.Same(document.Statements[1], Decide(document).Statement);
    }

    [Fact]
    public void What_is_understood_of_a_Deny_still_narrows_it()
    {
        var document = Stored(AllowAll, "{'Effect':'Deny','Action':'s3:*','Resource':'*','Condition':{'StringMatches':{'k:k':'x'},'Bool':{'k:b':'true'}}}");
        Assert.True(Decide(document, "ec2:RunInstances").IsAllowed);
        Assert.True(Decide(document, context: "k:b=false").IsAllowed);
        Assert.Equal(DenialReason.ExplicitDeny, Decide(document, context: "k:b=true").Reason);
    }

    [Fact]
    public void One_bad_statement_takes_nothing_from_its_neighbours()
    {
        var document = Stored("{'Effect':'Allow','Action':'s3:*','Resource':'*'}", "{'Effect':'Allow','Action':'ec2:*','Resource':'*','Purpose':'x'}");
        Assert.True(Decide(document).IsAllowed);
        Assert.False(Decide(document, "ec2:RunInstances").IsAllowed);
    }

    [Theory]
    [InlineData("'Effect':'allow'")]
    [InlineData("'Effect':'Permit'")]
    [InlineData("'Effect':'Allow','Effect':'Deny'")]
    [InlineData("'Sid':'x'")]
    public void A_statement_of_no_certain_effect_denies(string effect) =>
        Assert.Equal(DenialReason.ExplicitDeny, Decide(Stored(AllowAll, $"{{{effect},'Action':'s3:*','Resource':'*'}}")).Reason);

    [Theory, MemberData(nameof(Unreadable))]
    public void A_text_without_certain_statements_denies_everything(string text)
    {
        foreach (var type in Enum.GetValues<PolicyType>())
        {
            var document = PolicyDocument.ReadStored(Requests.Json(text), type);
            Assert.NotNull(document.Fault);
            Assert.Equal(Requests.Json(text), document.Text);
            AssertDeniesAll(document);
            AssertDeniesAll(PolicyDocument.ReadStored(document.Slice("s3"), type));
        }
    }

    [Fact]
    public void A_text_beyond_all_measure_denies_everything_and_one_just_below_is_read()
    {
        var text = Requests.Json($"{{'Version':'2012-10-17','Statement':[{AllowAll}]}}");
        Assert.True(Decide(PolicyDocument.ReadStored(text + new string(' ', 1_048_576 - text.Length), PolicyType.Identity)).IsAllowed);
        AssertDeniesAll(PolicyDocument.ReadStored(text + new string(' ', 1_048_577 - text.Length), PolicyType.Identity));
    }

    [Fact]
    public void Rules_of_writing_alone_do_not_count_when_reading()
    {
        var same = Requests.Json("{'Statement':[{'Sid':'two words','Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::${aws:username}'},{'Sid':'two words','Effect':'Allow','Action':'ec2:*','Resource':'*'}]}");
        var document = PolicyDocument.ReadStored(same, PolicyType.Identity);
        Assert.NotNull(document.Fault);
        Assert.All(document.Statements, statement => Assert.True(statement.IsUnderstood));
        Assert.True(Decide(document, "ec2:RunInstances").IsAllowed);
        // Without the new version, a variable is text.
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(resource: "arn:aws:s3:::bob", context: Requests.Context("aws:username=bob")), new PolicySet { Identity = [new Policy(document, "p", null)] }).IsAllowed);
    }

    [Fact]
    public void Positions_in_the_text_stay()
    {
        const string text = "{\"Version\":\"2012-10-17\",\n\"Statement\":[\n  {\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Purpose\":1}]}";
        var statement = PolicyDocument.ReadStored(text, PolicyType.Identity).Statements[0];
        Assert.Equal((3, 3), (statement.Position.Line, statement.Position.Column));
    }

    [Fact]
    public void What_today_takes_reads_the_same()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomPolicies(seed);
            var set = random.Set();
            var stored = RandomPolicies.Map(set, policy => policy with { Document = PolicyDocument.ReadStored(policy.Document.Text, policy.Document.Type) });
            var request = random.Request();
            Assert.Equal(PolicyEvaluator.Evaluate(request, set).IsAllowed, PolicyEvaluator.Evaluate(request, stored).IsAllowed);
            Assert.All(stored.Identity, policy => Assert.Null(policy.Document.Fault));
        }
    }

    [Fact]
    public void Damage_never_widens_and_slices_of_damage_decide_the_same()
    {
        var chance = new Random(4);
        int denied = 0, damaged = 0;
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new RandomPolicies(seed);
            var set = random.Set();
            var worse = RandomPolicies.Map(set, policy => policy with { Document = PolicyDocument.ReadStored(Damage(policy.Document.Text, chance), policy.Document.Type) });
            var sliced = RandomPolicies.Map(worse, policy => policy with { Document = PolicyDocument.ReadStored(policy.Document.Slice("s3"), policy.Document.Type) });
            for (var i = 0; i < 4; i++)
            {
                var request = random.Request();
                var (before, after) = (PolicyEvaluator.Evaluate(request, set).IsAllowed, PolicyEvaluator.Evaluate(request, worse).IsAllowed);
                Assert.True(before || !after, $"seed {seed}: {request.Principal.Kind} {request.Action} on {request.Resource}");
                if (request.Action.StartsWith("s3:", StringComparison.Ordinal))
                    Assert.Equal(after, PolicyEvaluator.Evaluate(request, sliced).IsAllowed);
                damaged++;
                denied += before && !after ? 1 : 0;
            }
        }
        Assert.True(denied > damaged / 40, $"{denied} of {damaged}");
    }

    /// <summary>Breaks a document in a way that today's reader does not understand, so that the meaning it had is the most it may keep.</summary>
    private static string Damage(string text, Random chance)
    {
        var damaged = new StringBuilder(text);
        (string From, string To)[] ways =
        [
            ("\"Effect\"", "\"Effort\":1,\"Effect\""), ("\"Action\"", "\"Action\":\"ec2:*\",\"Action\""), ("\"Resource\"", "\"Resource\":{},\"Resource\""),
            ("\"StringEquals\"", "\"StringMatches\""), ("\"StringNotEquals\"", "\"StringNotMatches\""), ("2012-10-17", "2030-01-01"),
            ("\"Statement\"", "\"Default\":1,\"Statement\""), ("\"Principal\"", "\"Principal\":\"*\",\"Principal\""), ("\"NotAction\"", "\"Action\":\"*\",\"NotAction\""),
            ("\"Effect\":\"Allow\"", "\"Effect\":\"allow\""), ("\"Effect\":\"Deny\"", "\"Effect\":\"deny\""), ("]}", "]"),
        ];
        var (from, to) = ways[chance.Next(ways.Length)];
        var at = text.IndexOf(from, chance.Next(text.Length), StringComparison.Ordinal);
        return at < 0 ? text : damaged.Remove(at, from.Length).Insert(at, to).ToString();
    }

    private static PolicyDocument Stored(params string[] statements) =>
        PolicyDocument.ReadStored(Requests.Json($"{{'Version':'2012-10-17','Statement':[{string.Join(',', statements)}]}}"), PolicyType.Identity);

    private static Decision Decide(PolicyDocument document, string action = "s3:GetObject", string? context = null) =>
        KnownTraps.Decide(new Policy(document, "stored", null), Requests.Request(action: action, context: context is null ? null : Requests.Context(context)));

    private static void AssertDeniesAll(PolicyDocument document)
    {
        var full = Requests.Policy(PolicyType.Identity, AllowAll);
        var policy = new Policy(document, "stored", null);
        var everybody = Requests.Policy(PolicyType.Resource, "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}");
        var set = document.Type switch
        {
            PolicyType.Boundary => new PolicySet { Identity = [full], Boundary = policy },
            PolicyType.Session => new PolicySet { Identity = [full], Session = [policy] },
            PolicyType.ServiceControl => new PolicySet { Identity = [full], ServiceControl = [[full, policy]] },
            PolicyType.ResourceControl => new PolicySet { Identity = [full], ResourceControl = [[policy]] },
            PolicyType.Identity => new PolicySet { Identity = [full, policy] },
            _ => new PolicySet { Identity = [full], Resource = [everybody, policy] },
        };
        foreach (var caller in new[] { Requests.User, Requests.Session, Requests.Root })
        {
            if (caller == Requests.Root && document.Type is PolicyType.Identity or PolicyType.Boundary or PolicyType.Session)
                continue;
            Assert.Equal(DenialReason.ExplicitDeny, PolicyEvaluator.Evaluate(Requests.Request(caller, "sts:AssumeRole"), set).Reason);
        }
    }
}
