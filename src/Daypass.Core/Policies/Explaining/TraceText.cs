using System.Globalization;
using System.Text;

namespace Daypass.Policies.Explaining;

/// <summary>A trace for people: the decision, what each set of policies says, and what its statements for this action lacked.</summary>
internal sealed class TraceText(Trace trace, TraceView view)
{
    private const int MaxValue = 200;

    private readonly Visible _visible = new(trace, view);
    private readonly StringBuilder _text = new();

    public string Write()
    {
        var request = trace.Request;
        Line($"{(trace.Decision.IsAllowed ? "Allowed" : "Denied")}: {request.Principal.Arn} {request.Action} {request.Resource}");
        if (_visible.IsReasonShown && !trace.Decision.IsAllowed)
            Line(trace.Decision.Because(request.Action, includeArn: true));
        if (_visible.Decisive is { } decisive)
            Line($"decided by {Place(decisive)}");
        if (_visible.Nearest is { } nearest)
            Line($"nearest: {Place(nearest)}, which lacks {Lacks(nearest)}");
        foreach (var set in _visible.Sets)
            WriteSet(set);
        if (_visible.IsPartial)
            Line("policies of the other account: withheld");
        return _text.ToString();
    }

    private void WriteSet(TracedSet set)
    {
        var level = set.Level is { } number ? string.Create(CultureInfo.InvariantCulture, $" level {number}") : "";
        var named = TraceNames.Of(set.NamedAs) is { } name ? $", naming the caller as {name}" : "";
        Line($"{TraceNames.Of(set.Type)}{level}: {TraceNames.Of(set.Outcome)}{named}");
        foreach (var policy in set.Policies)
            WritePolicy(policy);
    }

    private void WritePolicy(TracedPolicy policy)
    {
        var others = policy.Statements.Count(traced => !traced.FitsAction);
        foreach (var traced in policy.Statements.Where(traced => traced.FitsAction))
            Line($"  {Place(traced)}: {(traced.IsMatch ? "applies" : $"lacks {Lacks(traced)}")}");
        if (others > 0)
            Line($"  {policy.Policy.Id}: {others} of {policy.Statements.Count} statements are for other actions");
    }

    private static string Place(TracedStatement traced)
    {
        var statement = traced.Statement;
        var sid = statement.Sid is { Length: > 0 } text ? $" \"{text}\"" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{traced.Policy.Arn ?? traced.Policy.Id}, {(statement.IsDeny ? "Deny" : "Allow")}{sid} (statement {traced.Index + 1}, line {statement.Position.Line}, column {statement.Position.Column})");
    }

    private static string Lacks(TracedStatement traced) => string.Join("; ", traced.Shortfalls.Select(Lacks));

    private static string Lacks(Shortfall shortfall)
    {
        var missing = shortfall.MissingKeys.Count > 0 ? $", the request has no {string.Join(", ", shortfall.MissingKeys)}" : "";
        if (shortfall.Condition is not { } condition)
            return $"a fitting {TraceNames.Of(shortfall.Element)}{missing}";
        var found = condition.Found is { } values ? $", the request has {Values(values)}" : "";
        return $"{condition.Operator} {condition.Key} {Values(condition.Wanted)}{found}{missing}";
    }

    private static string Values(IReadOnlyList<string> values) =>
        values is [var one] ? Quote(one) : $"[{string.Join(", ", values.Select(Quote))}]";

    private static string Quote(string value) => value.Length > MaxValue ? $"\"{value.AsSpan(0, MaxValue)}...\"" : $"\"{value}\"";

    /// <summary>What came from outside may hold anything, but never begins a line of its own.</summary>
    private void Line(string text)
    {
        foreach (var character in text)
            _text.Append(char.IsControl(character) ? '\uFFFD' : character);
        _text.Append('\n');
    }
}
