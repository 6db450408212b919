using System.Text;
using System.Text.Json;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Why a request was decided as it was.</summary>
public sealed class Traces
{
    private const string AllowAll = "{'Effect':'Allow','Action':'*','Resource':'*'}";

    private static readonly Policy Guarded = new(
        Requests.Document(
            PolicyType.Identity,
            "{'Sid':'Other','Effect':'Allow','Action':'ec2:*','Resource':'*'}",
            "{'Sid':'Near','Effect':'Allow','Action':'s3:Get*','Resource':'*','Condition':{'stringequals':{'aws:PrincipalTag/Team':['blue','green']},'Bool':{'aws:SecureTransport':'true'}}}",
            "{'Effect':'Allow','Action':'s3:Get*','Resource':'arn:aws:s3:::c/${aws:username}','Condition':{'Bool':{'aws:SecureTransport':'false'}}}"),
        "guarded",
        "arn:aws:iam::111111111111:policy/guarded");

    private static readonly RequestContext Context = Requests.Context("aws:PrincipalTag/team=red", "aws:SecureTransport=true", "aws:userid=" + Requests.UserId);

    [Fact]
    public void A_statement_that_does_not_apply_says_what_it_lacks()
    {
        var statements = Explain(new PolicySet { Identity = [Guarded] }).Sets.Single(set => set.Type == PolicyType.Identity).Policies[0].Statements;

        Assert.Equal(StatementElement.Action, Assert.Single(statements[0].Shortfalls).Element);
        var condition = Assert.Single(statements[1].Shortfalls).Condition!;
        Assert.Equal(("StringEquals", "aws:PrincipalTag/Team"), (condition.Operator, condition.Key));
        Assert.Equal(["blue", "green"], condition.Wanted);
        Assert.Equal(["red"], condition.Found);
        Assert.Equal([StatementElement.Resource, StatementElement.Condition], statements[2].Shortfalls.Select(shortfall => shortfall.Element));
        Assert.Equal(["aws:username"], statements[2].Shortfalls[0].MissingKeys);
    }

    [Fact]
    public void A_missing_key_is_told_from_a_wrong_value()
    {
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'StringLike':{'k:k':'${k:other}'}}}");
        var shortfall = Assert.Single(Explain(new PolicySet { Identity = [policy] }).Nearest!.Shortfalls);
        Assert.Null(shortfall.Condition!.Found);
        Assert.Equal(["k:k", "k:other"], shortfall.MissingKeys);
    }

    [Fact]
    public void The_nearest_statement_fits_the_action_and_lacks_the_least()
    {
        Assert.Equal("Near", Explain(new PolicySet { Identity = [Guarded] }).Nearest!.Statement.Sid);
        Assert.Null(Explain(new PolicySet()).Nearest);
        Assert.Null(Explain(new PolicySet { Identity = [Requests.Policy(PolicyType.Identity, AllowAll)] }).Nearest);
    }

    [Fact]
    public void The_nearest_statement_is_of_the_type_that_is_blamed()
    {
        var boundary = Requests.Policy(PolicyType.Boundary, "{'Sid':'Edge','Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::c'}");
        var trace = Explain(new PolicySet { Identity = [Guarded, Requests.Policy(PolicyType.Identity, AllowAll)], Boundary = boundary });
        Assert.Equal(DenialReason.NoBoundaryAllows, trace.Decision.Reason);
        Assert.Equal("Edge", trace.Nearest!.Statement.Sid);

        var levels = new PolicySet
        {
            Identity = [Requests.Policy(PolicyType.Identity, AllowAll)],
            ServiceControl = [[Requests.Policy(PolicyType.ServiceControl, AllowAll)], [Requests.Policy(PolicyType.ServiceControl, "{'Sid':'Unit','Effect':'Allow','Action':'ec2:*','Resource':'*'}")]],
        };
        Assert.Equal("Unit", Explain(levels).Nearest!.Statement.Sid);
    }

    [Fact]
    public void The_statement_that_decided_is_marked_with_its_place_in_the_text()
    {
        const string text = "{\n \"Version\": \"2012-10-17\",\n \"Statement\": [\n  {\"Effect\": \"Allow\", \"Action\": \"ec2:*\", \"Resource\": \"*\"},\n    {\"Sid\": \"No\", \"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"*\"}\n ]\n}";
        var policy = new Policy(PolicyDocument.Parse(text, PolicyType.Identity), "inline", null);
        var decisive = Explain(new PolicySet { Identity = [policy] }).Decisive!;
        Assert.Equal(("No", 1, 5, 5), (decisive.Statement.Sid, decisive.Index, decisive.Statement.Position.Line, decisive.Statement.Position.Column));
        Assert.Equal(TracedOutcome.Denies, Explain(new PolicySet { Identity = [policy] }).Sets.Single(set => set.Type == PolicyType.Identity).Outcome);
    }

    [Fact]
    public void A_resource_policy_that_only_delegates_says_so()
    {
        var resource = Requests.Policy(PolicyType.Resource, "{'Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'s3:*','Resource':'*'}");
        var set = Explain(new PolicySet { Resource = [resource] }).Sets.Single(set => set.Type == PolicyType.Resource);
        Assert.Equal((TracedOutcome.Allows, PrincipalMatch.Account), (set.Outcome, set.NamedAs));
    }

    [Fact]
    public void The_text_is_for_people()
    {
        var text = Explain(new PolicySet { Identity = [Guarded], Boundary = Requests.Policy(PolicyType.Boundary, AllowAll) }).ToText();
        Assert.Equal(
            """
            Denied: arn:aws:iam::111111111111:user/bob s3:GetObject arn:aws:s3:::b/k
            because no identity-based policy allows the s3:GetObject action
            nearest: arn:aws:iam::111111111111:policy/guarded, Allow "Near" (statement 2, line 1, column 103), which lacks StringEquals aws:PrincipalTag/Team ["blue", "green"], the request has "red"
            resource: silent
            identity: silent
              arn:aws:iam::111111111111:policy/guarded, Allow "Near" (statement 2, line 1, column 103): lacks StringEquals aws:PrincipalTag/Team ["blue", "green"], the request has "red"
              arn:aws:iam::111111111111:policy/guarded, Allow (statement 3, line 1, column 279): lacks a fitting resource, the request has no aws:username; Bool aws:SecureTransport "false", the request has "true"
              guarded: 1 of 3 statements are for other actions
            boundary: allows
              inline, Allow (statement 1, line 1, column 38): applies

            """,
            text);
    }

    [Fact]
    public void A_hostile_value_begins_no_line_of_the_text()
    {
        var context = Requests.Context("aws:PrincipalTag/team=x\nAllowed: everything\u0085" + new string('y', 5000), "aws:SecureTransport=true");
        var text = PolicyEvaluator.Explain(Requests.Request(resource: "arn:aws:s3:::b/\nAllowed", context: context), new PolicySet { Identity = [Guarded] }).ToText();
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("Allowed", StringComparison.Ordinal));
        Assert.True(text.Length < 3000);
    }

    [Fact]
    public void The_decoded_message_has_the_shape_of_AWS_and_the_trace()
    {
        var deny = new Policy(Requests.Document(PolicyType.Identity, "{'Sid':'No','Effect':'Deny','Action':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':true}}}"), "no", null);
        var root = JsonDocument.Parse(Explain(new PolicySet { Identity = [deny] }).ToDecodedMessage()).RootElement;

        Assert.Equal(["allowed", "explicitDeny", "matchedStatements", "failures", "context", "trace"], root.EnumerateObject().Select(member => member.Name));
        Assert.False(root.GetProperty("allowed").GetBoolean());
        Assert.True(root.GetProperty("explicitDeny").GetBoolean());
        Assert.Equal(
            Requests.Json("{'items':[{'statementId':'No','effect':'DENY','principals':{'items':[{'value':'AIDAEXAMPLEEXAMPLE001'}]},'principalGroups':{'items':[]},'actions':{'items':[{'value':'s3:*'}]},'resources':{'items':[{'value':'*'}]},'conditions':{'items':[{'operator':'Bool','key':'aws:SecureTransport','values':{'items':[{'value':'true'}]}}]}}]}"),
            root.GetProperty("matchedStatements").GetRawText());
        Assert.Equal(
            Requests.Json("{'principal':{'id':'AIDAEXAMPLEEXAMPLE001','arn':'arn:aws:iam::111111111111:user/bob'},'action':'s3:GetObject','resource':'arn:aws:s3:::b/k','conditions':{'items':[{'key':'aws:PrincipalTag/team','values':{'items':[{'value':'red'}]}},{'key':'aws:SecureTransport','values':{'items':[{'value':'true'}]}},{'key':'aws:userid','values':{'items':[{'value':'AIDAEXAMPLEEXAMPLE001'}]}}]}}"),
            root.GetProperty("context").GetRawText());
        Assert.Equal("explicitDeny", root.GetProperty("trace").GetProperty("decision").GetString());
        Assert.Equal("No", root.GetProperty("trace").GetProperty("decisive").GetProperty("sid").GetString());
    }

    [Fact]
    public void The_names_in_the_JSON_stay()
    {
        Assert.Equal(
            Requests.Json("{'decision':'implicitDeny','reason':'noIdentityPolicyAllows','policyType':'identity','nearest':{'policy':{'id':'guarded','arn':'arn:aws:iam::111111111111:policy/guarded'},"
                + "'sid':'Near','index':1,'effect':'Allow','line':1,'column':103,'matched':false,'lacks':[{'element':'condition','operator':'StringEquals','key':'aws:PrincipalTag/Team','wanted':['blue','green'],'found':['red']}]},"
                + "'withheld':false,'sets':[{'type':'serviceControl','level':0,'outcome':'allows','policies':[{'id':'inline','statements':[],'omitted':1}]},{'type':'resource','outcome':'silent','policies':[]},"
                + "{'type':'identity','outcome':'silent','policies':[{'id':'guarded','arn':'arn:aws:iam::111111111111:policy/guarded','statements':[],'omitted':3}]}]}"),
            Json(Explain(new PolicySet { Identity = [Guarded], ServiceControl = [[Requests.Policy(PolicyType.ServiceControl, AllowAll)]] }), TraceDetail.Decisive));
    }

    [Fact]
    public void A_message_fits_where_it_has_to_and_is_whole_JSON_in_every_size()
    {
        var many = Requests.Policy(PolicyType.Identity, [.. Enumerable.Range(0, 100).Select(i => $"{{'Sid':'S{i}','Effect':'Allow','Action':'{(i % 2 == 0 ? "s3:Get*" : "ec2:*")}','Resource':'arn:aws:s3:::c{i}'}}")]);
        var trace = Explain(new PolicySet { Identity = [many] });
        var whole = Encoding.UTF8.GetByteCount(trace.ToDecodedMessage());
        for (var limit = whole + 1; limit > 700; limit -= 97)
        {
            var text = trace.ToDecodedMessage(maxBytes: limit);
            Assert.True(Encoding.UTF8.GetByteCount(text) <= limit, $"{limit}");
            var root = JsonDocument.Parse(text).RootElement;
            Assert.False(root.GetProperty("allowed").GetBoolean());
            if (limit > 2000)
                Assert.Equal("S0", root.GetProperty("trace").GetProperty("nearest").GetProperty("sid").GetString());
        }
    }

    [Fact]
    public void Across_accounts_neither_side_reads_the_policies_of_the_other()
    {
        var resource = Requests.Policy(PolicyType.Trust, "{'Sid':'Hidden','Effect':'Allow','Principal':{'AWS':'111111111111'},'Action':'sts:AssumeRole','Condition':{'StringEquals':{'sts:ExternalId':'EXAMPLE-of-the-owner'}}}");
        var identity = Requests.Policy(PolicyType.Identity, "{'Sid':'Own','Effect':'Allow','Action':'sts:*','Resource':'*','Condition':{'StringEquals':{'k:k':'EXAMPLE-of-the-caller'}}}");
        var set = new PolicySet { Identity = [identity], Resource = [resource] };
        var request = Requests.Request(action: "sts:AssumeRole", resource: "arn:aws:iam::222222222222:role/r", owner: Requests.Other, isTrust: true);
        foreach (var (view, own, other) in new[] { (TraceView.Caller, "caller", "owner"), (TraceView.Owner, "owner", "caller") })
        {
            var trace = PolicyEvaluator.Explain(request, set);
            var texts = new[] { trace.ToText(view), trace.ToDecodedMessage(view) };
            Assert.All(texts, text => Assert.Contains("EXAMPLE-of-the-" + own, text, StringComparison.Ordinal));
            Assert.All(texts, text => Assert.DoesNotContain("EXAMPLE-of-the-" + other, text, StringComparison.Ordinal));
            Assert.All(texts, text => Assert.Contains("withheld", text, StringComparison.Ordinal));
        }
        var denied = set with { Resource = [Requests.Policy(PolicyType.Trust, "{'Sid':'Hidden','Effect':'Deny','Principal':'*','Action':'sts:*'}")] };
        var hidden = PolicyEvaluator.Explain(request, denied).ToDecodedMessage(TraceView.Caller);
        Assert.DoesNotContain("Hidden", hidden, StringComparison.Ordinal);
        Assert.Contains("Hidden", PolicyEvaluator.Explain(request, denied).ToDecodedMessage(TraceView.Owner), StringComparison.Ordinal);
        var atHome = PolicyEvaluator.Explain(request with { ResourceAccount = Requests.Account }, denied).ToDecodedMessage(TraceView.Caller);
        Assert.Contains("Hidden", atHome, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_explanation_tells_of_the_decision_that_was_made()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new RandomPolicies(seed);
            var (set, request) = (random.Set(), random.Request());
            var (decision, trace) = (PolicyEvaluator.Evaluate(request, set), PolicyEvaluator.Explain(request, set));
            Assert.Equal(decision, trace.Decision);
            Assert.Equal(decision.Statement, trace.Decisive?.Statement);
            Assert.True(trace.Decisive?.IsMatch ?? true, $"seed {seed}");
            Assert.Equal(decision.Reason == DenialReason.ExplicitDeny, trace.Sets.Any(traced => traced.Outcome == TracedOutcome.Denies));
            if (decision.Reason is DenialReason.NoIdentityPolicyAllows or DenialReason.NoBoundaryAllows)
                Assert.Equal(TracedOutcome.Silent, trace.Sets.Single(traced => traced.Type == decision.DecidedBy).Outcome);
            Assert.Equal(set.Identity.Sum(policy => policy.Document.Statements.Count), trace.Sets.Where(traced => traced.Type == PolicyType.Identity).SelectMany(traced => traced.Policies).Sum(policy => policy.Statements.Count));
            using var parsed = JsonDocument.Parse(trace.ToDecodedMessage());
        }
    }

    private static Trace Explain(PolicySet set) => PolicyEvaluator.Explain(Requests.Request(context: Context), set);

    private static string Json(Trace trace, TraceDetail detail)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            trace.WriteTo(writer, TraceView.All, detail);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
