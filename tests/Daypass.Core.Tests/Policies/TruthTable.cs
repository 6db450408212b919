using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Who is allowed what in the same account when identity, boundary, session and resource policies meet.</summary>
public sealed class TruthTable
{
    private const string AllowAll = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    private const string AllowOther = "{'Effect':'Allow','Action':'ec2:*','Resource':'*'}";

    /// <summary>Number, caller, what the resource policy names, then identity, boundary and session: A allows, - is silent, empty is none.</summary>
    public static TheoryData<int, string, string, string, string, string, bool> Rows => new()
    {
        { 1, "user", "", "A", "", "", true },
        { 1, "user", "", "A", "A", "", true },
        { 2, "user", "", "A", "-", "", false },
        { 3, "user", "", "-", "A", "", false },
        { 4, "user", Requests.UserArn, "-", "-", "", true },
        { 5, "user", "111111111111", "-", "", "", false },
        { 5, "user", "111111111111", "-", "A", "", false },
        { 6, "user", "*", "-", "-", "", true },
        { 7, "session", Requests.RoleArn, "-", "", "", true },
        { 7, "session", Requests.RoleArn, "-", "A", "A", true },
        { 8, "session", Requests.RoleArn, "-", "-", "", false },
        { 8, "session", Requests.RoleArn, "-", "-", "A", false },
        { 9, "session", Requests.RoleArn, "-", "", "-", false },
        { 10, "session", Requests.SessionArn, "-", "-", "-", true },
        { 11, "session", "*", "-", "-", "-", true },
        { 12, "session", "", "A", "A", "-", false },
        { 13, "session", "", "-", "", "A", false },
        { 13, "session", "", "-", "A", "A", false },
        { 14, "federated", "", "A", "", "", false },
        { 15, "federated", "", "A", "", "A", true },
        { 16, "federated", Requests.FederatedArn, "-", "-", "", true },
        { 16, "federated", Requests.FederatedArn, "-", "-", "-", true },
        { 17, "federated", Requests.UserArn, "-", "", "A", true },
        { 17, "federated", Requests.UserArn, "-", "A", "A", true },
        { 18, "federated", Requests.UserArn, "-", "-", "A", false },
        { 19, "federated", Requests.UserArn, "-", "", "-", false },
        { 19, "federated", Requests.UserArn, "-", "", "", false },
        { 20, "root", "", "", "", "", true },
        { 20, "root", "", "", "", "A", true },
        { 20, "root", "", "", "", "-", false },
        { 20, "root", "111111111111", "", "", "-", false },
        { 20, "root", "*", "", "", "-", false },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_caller_gets_what_the_policies_together_give(int row, string caller, string named, string identity, string boundary, string session, bool allowed)
    {
        var decision = PolicyEvaluator.Evaluate(RequestOf(caller), SetOf(named, identity, boundary, session));
        Assert.True(decision.IsAllowed == allowed, $"row {row}: {decision.Reason}");
    }

    [Theory, MemberData(nameof(Rows))]
    public void Row_21_a_Deny_in_any_policy_wins_in_every_other_row(int row, string caller, string named, string identity, string boundary, string session, bool allowed)
    {
        const string deny = "{'Effect':'Deny','Action':'*','Resource':'*'}", toAll = "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}";
        const string allow = "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}";
        var set = SetOf(named, identity, boundary, session);
        PolicySet[] denying =
        [
            set with { Resource = [.. set.Resource, Requests.Policy(PolicyType.Resource, toAll)] },
            set with { Identity = [.. set.Identity, Requests.Policy(PolicyType.Identity, deny)] },
            set with { Boundary = Requests.Policy(PolicyType.Boundary, AllowAll, deny) },
            set with { Session = [.. set.Session ?? [], Requests.Policy(PolicyType.Session, AllowAll), Requests.Policy(PolicyType.Session, deny)] },
            set with { ServiceControl = [[Requests.Policy(PolicyType.ServiceControl, AllowAll)], [Requests.Policy(PolicyType.ServiceControl, AllowAll, deny)]] },
            set with { ResourceControl = [[Requests.Policy(PolicyType.ResourceControl, allow, toAll.Replace("'*','Resource'", "'s3:*','Resource'", StringComparison.Ordinal))]] },
        ];
        for (var i = 0; i < denying.Length; i++)
        {
            var decision = PolicyEvaluator.Evaluate(RequestOf(caller), denying[i]);
            Assert.True(decision.Reason == DenialReason.ExplicitDeny, $"row {row}, place {i}, allowed otherwise: {allowed}, {decision.Reason}");
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Across_accounts_both_sides_must_allow(int row, string caller, string named, string identity, string boundary, string session, bool allowed)
    {
        var callerSide = identity is "A" or "" && boundary is not "-" && session is not "-" && !(caller == "federated" && session.Length == 0);
        var decision = PolicyEvaluator.Evaluate(RequestOf(caller) with { ResourceAccount = Requests.Other }, SetOf(named, identity, boundary, session));
        Assert.True(decision.IsAllowed == (callerSide && named.Length > 0), $"row {row}, same account: {allowed}");
    }

    private static AccessRequest RequestOf(string caller) => Requests.Request(
        caller switch { "user" => Requests.User, "session" => Requests.Session, "federated" => Requests.Federated, _ => Requests.Root },
        context: Requests.Context($"aws:PrincipalArn={Requests.RoleArn}"));

    private static PolicySet SetOf(string named, string identity, string boundary, string session) => new()
    {
        Identity = identity.Length == 0 ? [] : [Given(PolicyType.Identity, identity)],
        Boundary = boundary.Length == 0 ? null : Given(PolicyType.Boundary, boundary),
        Session = session.Length == 0 ? null : [Given(PolicyType.Session, session)],
        Resource = named.Length == 0 ? [] : [Requests.Policy(PolicyType.Resource, Naming(named))],
    };

    private static string Naming(string named) =>
        $"{{'Effect':'Allow','Principal':{{'AWS':'{named}'}},'Action':'s3:*','Resource':'*'{(named == "*" ? $",'Condition':{{'ArnEquals':{{'aws:PrincipalArn':'{Requests.RoleArn}'}}}}" : "")}}}";

    private static Policy Given(PolicyType type, string effect) => Requests.Policy(type, effect == "A" ? AllowAll : AllowOther);
}
