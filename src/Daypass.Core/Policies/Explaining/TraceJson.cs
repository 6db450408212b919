using System.Text.Json;

namespace Daypass.Policies.Explaining;

/// <summary>A trace as JSON.</summary>
internal sealed class TraceJson(Trace trace, TraceView view, TraceDetail detail, Utf8JsonWriter writer)
{
    private readonly Visible _visible = new(trace, view);

    public void Write()
    {
        var decision = trace.Decision;
        writer.WriteStartObject();
        writer.WriteString("decision", decision.IsAllowed || _visible.IsReasonShown ? TraceNames.Of(decision) : TraceNames.Denied);
        if (_visible.IsReasonShown)
        {
            writer.WriteString("reason", TraceNames.Of(decision.Reason));
            WriteOptional("policyType", decision.DecidedBy is { } type ? TraceNames.Of(type) : null);
        }
        WriteStatement("decisive", _visible.Decisive);
        WriteStatement("nearest", _visible.Nearest);
        writer.WriteBoolean("withheld", _visible.IsPartial);
        writer.WriteStartArray("sets");
        foreach (var set in _visible.Sets)
            WriteSet(set);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteSet(TracedSet set)
    {
        writer.WriteStartObject();
        writer.WriteString("type", TraceNames.Of(set.Type));
        if (set.Level is { } level)
            writer.WriteNumber("level", level);
        writer.WriteString("outcome", TraceNames.Of(set.Outcome));
        WriteOptional("namedAs", TraceNames.Of(set.NamedAs));
        writer.WriteStartArray("policies");
        foreach (var policy in set.Policies)
            WritePolicy(policy);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WritePolicy(TracedPolicy traced)
    {
        writer.WriteStartObject();
        WriteIdentity(traced.Policy);
        var listed = traced.Statements.Where(IsListed).ToList();
        writer.WriteStartArray("statements");
        foreach (var statement in listed)
        {
            writer.WriteStartObject();
            WriteMembers(statement);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (listed.Count < traced.Statements.Count)
            writer.WriteNumber("omitted", traced.Statements.Count - listed.Count);
        writer.WriteEndObject();
    }

    private bool IsListed(TracedStatement traced) =>
        detail == TraceDetail.All || (detail == TraceDetail.Candidates && traced.FitsAction) || trace.IsDecisive(traced);

    /// <summary>A statement by itself, with the policy that it stands in.</summary>
    private void WriteStatement(string name, TracedStatement? traced)
    {
        if (traced is null)
            return;
        writer.WriteStartObject(name);
        writer.WriteStartObject("policy");
        WriteIdentity(traced.Policy);
        writer.WriteEndObject();
        WriteMembers(traced);
        writer.WriteEndObject();
    }

    private void WriteIdentity(Policy policy)
    {
        writer.WriteString("id", policy.Id);
        WriteOptional("arn", policy.Arn);
    }

    private void WriteMembers(TracedStatement traced)
    {
        var statement = traced.Statement;
        WriteOptional("sid", statement.Sid);
        writer.WriteNumber("index", traced.Index);
        writer.WriteString("effect", statement.IsDeny ? "Deny" : "Allow");
        writer.WriteNumber("line", statement.Position.Line);
        writer.WriteNumber("column", statement.Position.Column);
        WriteOptional("namedAs", TraceNames.Of(traced.NamedAs));
        writer.WriteBoolean("matched", traced.IsMatch);
        writer.WriteStartArray("lacks");
        foreach (var shortfall in traced.Shortfalls)
            WriteShortfall(shortfall);
        writer.WriteEndArray();
    }

    private void WriteShortfall(Shortfall shortfall)
    {
        writer.WriteStartObject();
        writer.WriteString("element", TraceNames.Of(shortfall.Element));
        if (shortfall.Condition is { } condition)
        {
            writer.WriteString("operator", condition.Operator);
            writer.WriteString("key", condition.Key);
            WriteTexts("wanted", condition.Wanted);
            if (condition.Found is { } found)
                WriteTexts("found", found);
        }
        if (shortfall.MissingKeys.Count > 0)
            WriteTexts("missingKeys", shortfall.MissingKeys);
        writer.WriteEndObject();
    }

    private void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private void WriteOptional(string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }
}
