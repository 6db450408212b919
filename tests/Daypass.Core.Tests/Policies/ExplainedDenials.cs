using System.Text;
using System.Text.Json;
using Daypass.Policies;
using Daypass.Tokens;
using Daypass.Policies.Explaining;

namespace Daypass.Core.Tests.Policies;

/// <summary>A denial told to two accounts: each learns of its own policies, and nothing of the other's.</summary>
public sealed class ExplainedDenials
{
    private const int Room = AuthorizationMessage.OneRoom;
    private static readonly RequestContext Known = Requests.Context("aws:userid=" + Requests.UserId, "aws:PrincipalTag/team=red", "sts:ExternalId=EXAMPLE-sent");
    private static readonly RequestContext Whole = Extend(Known, "aws:ResourceTag/owner=EXAMPLE-tag", "iam:ResourceTag/owner=EXAMPLE-tag");
    private static readonly AccessRequest Assume = Requests.Request(action: "sts:AssumeRole", resource: "arn:aws:iam::222222222222:role/r", owner: Requests.Other, context: Whole, isTrust: true);
    private static readonly Policy MayAssume = Requests.Policy(PolicyType.Identity, "{'Sid':'Own','Effect':'Allow','Action':'sts:*','Resource':'*'}");

    private static readonly Dictionary<string, Policy[]> Trusts = new()
    {
        ["there is no role"] = [],
        ["the role trusts others"] = [Trust("{'Sid':'Hidden','Effect':'Allow','Principal':{'AWS':'333333333333'},'Action':'sts:AssumeRole'}")],
        ["the role trusts the account"] = [Trust("{'Sid':'Hidden','Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole'}")],
        ["the role trusts the caller"] = [Trust($"{{'Sid':'Hidden','Effect':'Allow','Principal':{{'AWS':'{Requests.UserArn}'}},'Action':'sts:AssumeRole'}}")],
        ["the role asks for another external id"] = [Trust("{'Sid':'Hidden','Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Condition':{'StringEquals':{'sts:ExternalId':'EXAMPLE-wanted'}}}")],
        ["the role denies the caller"] = [Trust("{'Sid':'Hidden','Effect':'Deny','Principal':'*','Action':'sts:*'}")],
        ["the role has a long policy"] = [Trust([.. Enumerable.Range(0, 60).Select(i => $"{{'Sid':'Hidden{i}','Effect':'Allow','Principal':{{'AWS':'333333333333'}},'Action':'sts:AssumeRole','Condition':{{'StringEquals':{{'sts:ExternalId':'EXAMPLE{i}'}}}}}}")])],
    };

    public static TheoryData<string> Ways => [.. Trusts.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_callers_account_reads_the_same_whatever_the_role_is_and_whether_there_is_one(string because)
    {
        Policy[] own = [MayAssume, Requests.Policy(PolicyType.Identity, "{'Sid':'Tagged','Effect':'Allow','Action':'sts:*','Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/owner':'EXAMPLE-tag'}}}")];
        foreach (var identity in new[] { own, own[1..], [] })
        {
            var none = ExplainedDenial.Of(Assume with { Context = Known }, new PolicySet { Identity = identity }, Known, Room);
            var some = ExplainedDenial.Of(Assume, new PolicySet { Identity = identity, Resource = Trusts[because] }, Known, Room);
            Assert.Equal(none.CallerText, some.CallerText);
            Assert.DoesNotContain("Hidden", some.CallerText, StringComparison.Ordinal);
            Assert.DoesNotContain("EXAMPLE-wanted", some.CallerText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_side_that_agrees_is_told_that_the_other_does_not_and_not_how()
    {
        var denied = new PolicySet { Identity = [MayAssume], Resource = Trusts["the role denies the caller"] };
        var caller = Root(ExplainedDenial.Of(Assume, denied, Known, Room).CallerText);
        Assert.False(caller.GetProperty("allowed").GetBoolean());
        Assert.False(caller.GetProperty("explicitDeny").GetBoolean());
        Assert.Equal("denied", caller.GetProperty("trace").GetProperty("decision").GetString());
        Assert.True(caller.GetProperty("trace").GetProperty("withheld").GetBoolean());
        Assert.False(caller.GetProperty("trace").TryGetProperty("reason", out _));

        var silent = new PolicySet { Resource = Trusts["the role trusts the caller"], Boundary = Requests.Policy(PolicyType.Boundary, "{'Sid':'Limit','Effect':'Deny','Action':'*','Resource':'*'}") };
        var owner = ExplainedDenial.Of(Assume, silent, Known, Room).OwnerText!;
        Assert.Equal("denied", Root(owner).GetProperty("trace").GetProperty("decision").GetString());
        Assert.DoesNotContain("Limit", owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_side_that_denies_is_told_why()
    {
        var caller = ExplainedDenial.Of(Assume, new PolicySet { Resource = Trusts["the role denies the caller"] }, Known, Room).CallerText!;
        Assert.Equal("noIdentityPolicyAllows", Root(caller).GetProperty("trace").GetProperty("reason").GetString());
        var owner = Root(ExplainedDenial.Of(Assume, new PolicySet { Resource = Trusts["the role asks for another external id"] }, Known, Room).OwnerText);
        var lacks = owner.GetProperty("trace").GetProperty("nearest").GetProperty("lacks")[0];
        Assert.Equal(("EXAMPLE-wanted", "EXAMPLE-sent"), (lacks.GetProperty("wanted")[0].GetString(), lacks.GetProperty("found")[0].GetString()));
        Assert.True(Root(ExplainedDenial.Of(Assume, new PolicySet { Resource = Trusts["the role denies the caller"] }, Known, Room).OwnerText).GetProperty("explicitDeny").GetBoolean());
    }

    [Fact]
    public void The_owner_does_not_read_tags_of_the_caller_whether_its_policies_ask_for_them_or_not()
    {
        var set = new PolicySet { Resource = Trusts["the role trusts others"] };
        Assert.DoesNotContain("red", ExplainedDenial.Of(Assume, set, Known, Room).OwnerText, StringComparison.Ordinal);
        Assert.Contains("EXAMPLE-tag", ExplainedDenial.Of(Assume, set, Known, Room).OwnerText, StringComparison.Ordinal);
        var asking = set with { Resource = [Trust("{'Effect':'Allow','Principal':'*','Action':'sts:AssumeRole','Condition':{'StringEquals':{'aws:PrincipalTag/team':'blue'}}}")] };
        var answered = ExplainedDenial.Of(Assume, asking, Known, Room).OwnerText;
        Assert.DoesNotContain("red", answered, StringComparison.Ordinal);
        Assert.Contains("\"found\":[\"(withheld)\"]", answered, StringComparison.Ordinal);
    }

    [Fact]
    public void In_one_account_there_is_one_text_with_everything()
    {
        var denial = ExplainedDenial.Of(Assume with { ResourceAccount = Requests.Account }, new PolicySet { Identity = [MayAssume], Resource = Trusts["the role asks for another external id"] }, Known, Room);
        Assert.Null(denial.OwnerText);
        foreach (var text in new[] { "Own", "Hidden", "EXAMPLE-wanted", "EXAMPLE-tag" })
            Assert.Contains(text, denial.CallerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(1000)]
    [InlineData(Room)]
    public void Texts_fit_whatever_the_request_and_the_policies_have(int room)
    {
        var wide = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Deny','Action':'*','Resource':[{string.Join(',', Enumerable.Range(0, 300).Select(i => $"'arn:aws:iam::*:role/{i}*'"))},'*']}}");
        foreach (var resource in new[] { "arn:aws:iam::222222222222:role/r", "arn:aws:iam::222222222222:role/" + new string('<', 2000) })
        {
            foreach (var owner in new[] { Requests.Account, Requests.Other })
            {
                var denial = ExplainedDenial.Of(Assume with { Resource = resource, ResourceAccount = owner }, new PolicySet { Identity = [wide], Resource = Trusts["the role has a long policy"] }, Known, room);
                Assert.InRange(AuthorizationMessage.TextSize(Encoding.UTF8.GetBytes(denial.CallerText + denial.OwnerText)), 1, room);
                Assert.False(Root(denial.CallerText).GetProperty("allowed").GetBoolean());
            }
        }
    }

    [Fact]
    public void Random_denials_tell_neither_side_of_the_other_and_are_allowed_when_both_agree()
    {
        var sides = (Caller: 0, Owner: 0, Both: 0);
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new RandomPolicies(seed);
            var (set, others) = (random.Set(), random.Set());
            var request = random.Request() with { ResourceAccount = Requests.Other };
            if (!request.Principal.Account.IsSet)
                continue;
            others = others with { Boundary = set.Boundary is null ? null : others.Boundary ?? set.Boundary };
            var denial = ExplainedDenial.Of(request, set, request.Context, Room);
            Assert.Equal(denial.CallerText, ExplainedDenial.Of(request, set with { Resource = others.Resource }, request.Context, Room).CallerText);
            Assert.Equal(denial.OwnerText, ExplainedDenial.Of(request, others with { Resource = set.Resource }, request.Context, Room).OwnerText);

            var (callerAgrees, ownerAgrees) = (Sides.OfCaller(request, set, request.Context).Decision.DecidedBy == PolicyType.Resource, Sides.OfOwner(request, set).Decision.DecidedBy == PolicyType.Identity);
            Assert.Equal(PolicyEvaluator.Evaluate(request, set).IsAllowed, callerAgrees && ownerAgrees);
            sides = (sides.Caller + (callerAgrees ? 1 : 0), sides.Owner + (ownerAgrees ? 1 : 0), sides.Both + (callerAgrees && ownerAgrees ? 1 : 0));
        }
        Assert.True(sides is { Caller: > 100, Owner: > 100, Both: > 20 }, $"{sides}");
    }

    private static Policy Trust(params string[] statements) => Requests.Policy(PolicyType.Trust, statements);

    private static JsonElement Root(string? text) => JsonDocument.Parse(text!).RootElement;

    private static RequestContext Extend(RequestContext context, params string[] entries)
    {
        var extended = new RequestContext(context);
        foreach (var (key, value) in Requests.Context(entries).All)
            extended.SetList(key, value.Values);
        return extended;
    }
}
