using System.Buffers;
using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Parsing;

/// <summary>IAM's checks after those of form, in its order: each looks at every statement before the next begins.</summary>
internal sealed class MeaningCheck(PolicySource source, PolicyType type, PolicySyntax syntax, IReadOnlyList<StatementText> statements, bool variables)
{
    private static readonly SearchValues<char> VendorCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    private readonly Legality _legality = Legality.Of(type);

    /// <summary>The first fault, or null.</summary>
    public PolicyError? FirstFault() =>
        Each(Legacy)
        ?? SidsTwice()
        ?? Each(ActionsPresent)
        ?? Each(Resources)
        ?? (_legality.IsIamWritten ? Each(Vendors) : null)
        ?? Each(statement => new TypeRules(source, type, statement).FirstFault());

    private PolicyError? Legacy(StatementText statement)
    {
        if (statement.Effect.Text is not ("Allow" or "Deny"))
            return At(statement.Effect, PolicyMessages.Legacy);
        foreach (var pattern in statement.Actions.Concat(statement.Resources))
        {
            if (Glob.CountStars(pattern.Text) > PolicyChoices.MaxStars || (variables && SegmentReader.HasOpenBrace(pattern.Text)))
                return At(pattern, PolicyMessages.Legacy);
        }
        // They count behind the fifth colon only.
        if (statement.Resources.FirstOrDefault(resource => IsFaulty(resource.Text.Split(':', ArnFields.Count) is { Length: ArnFields.Count } fields ? fields[^1] : "")) is { } faulty)
            return At(faulty, PolicyMessages.Legacy);
        return statement.Conditions.Select(Condition).FirstOrDefault(fault => fault is not null);
    }

    private PolicyError? Condition((OperatorName Operator, string Key, JsonItem Values) condition)
    {
        foreach (var value in condition.Values.OneOrMany)
        {
            if (Glob.CountStars(value.Text) > PolicyChoices.MaxStars || (variables && SegmentReader.HasOpenBrace(value.Text)) || IsFaulty(value.Text))
                return At(value, PolicyMessages.Legacy);
            if (syntax.IsUrn(value.Text) && UrnTranslation.ComparesNames(condition.Operator, condition.Key))
                return At(value, PolicyMessages.Legacy);
            if (PolicyChoices.UnreadableOperandsAreRefused && !condition.Operator.Operator.Read([value.Text], variables).AreReadable)
                return At(value, PolicyMessages.Legacy);
        }
        return null;
    }

    private bool IsFaulty(string text) => variables && PolicyChoices.UnresolvableVariablesAreRefused && SegmentReader.HasUnresolvable(text);

    private PolicyError? SidsTwice()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            if (statement.Sid is not { Text.Length: > 0 } sid)
                continue;
            if (_legality.IsIamWritten && sid.Text.Any(character => !char.IsAsciiLetterOrDigit(character)))
                return At(sid, PolicyMessages.SidNotAlphanumeric);
            if (!seen.Add(sid.Text))
                return At(sid, PolicyMessages.SidsNotUnique);
        }
        return null;
    }

    private PolicyError? ActionsPresent(StatementText statement) =>
        statement.Actions.Count == 0 ? At(statement.Item, PolicyMessages.NoActions) : null;

    private PolicyError? Resources(StatementText statement)
    {
        if (_legality.Resource == Presence.Required && statement.Resources.Count == 0)
            return At(statement.Item, PolicyMessages.NoResources);
        foreach (var resource in statement.Resources)
        {
            if (FaultIn(resource.Text) is { } fault)
                return At(resource, fault);
        }
        return null;
    }

    /// <summary>Other services than IAM take names of their own, but not what is left of a URN.</summary>
    private string? FaultIn(string resource)
    {
        var isArn = resource.StartsWith("arn:", StringComparison.Ordinal);
        if (syntax.IsUrn(resource) || (syntax.UrnPrefix is not null && _legality.IsIamWritten && !isArn && resource.AsSpan().ContainsAnyExcept('*')))
            return PolicyMessages.NotUrn(resource);
        return _legality.IsIamWritten || !resource.Contains(':', StringComparison.Ordinal) ? ResourceFormat.FaultIn(resource) : null;
    }

    private PolicyError? Vendors(StatementText statement)
    {
        foreach (var action in statement.Actions)
        {
            if (VendorFault(action.Text) is { } message)
                return At(action, message);
        }
        foreach (var (_, key, values) in statement.Conditions)
        {
            if (!key.Contains(':', StringComparison.Ordinal))
                return At(values, PolicyMessages.NoVendor);
        }
        return null;
    }

    private static string? VendorFault(string action)
    {
        if (action is "*" or "*:*")
            return null;
        var colon = action.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return PolicyMessages.NoVendor;
        if (action.IndexOf(':', colon + 1) >= 0)
            return PolicyMessages.TwoColons;
        var vendor = action[..colon];
        return vendor.Length == 0 || vendor.AsSpan().ContainsAnyExcept(VendorCharacters) ? PolicyMessages.BadVendor(vendor) : null;
    }

    private PolicyError? Each(Func<StatementText, PolicyError?> check) => statements.Select(check).FirstOrDefault(fault => fault is not null);

    private PolicyError At(JsonItem item, string message) => source.Error(message, item);
}
