using Daypass.Policies.Conditions;

namespace Daypass.Policies.Parsing;

/// <summary>From text to a compiled document: JSON, form, version, meaning, then compilation. Refuses at the first fault.</summary>
internal static class PolicyParser
{
    public static PolicyDocument? TryParse(string text, PolicyType type, out PolicyError? error)
    {
        if (text.Length > PolicyChoices.MaxLength)
        {
            error = PolicyMessages.Error(text, PolicyMessages.TooLong, PolicyChoices.MaxLength);
            return null;
        }
        if (JsonTree.TryRead(text, out error) is not { } root)
            return null;
        error = FaultIn(text, type, root, out var statements, out var variables);
        return error is null ? new PolicyDocument(text, type, root, [.. statements.Select(statement => Compile(text, statement, variables))]) : null;
    }

    private static PolicyError? FaultIn(string text, PolicyType type, JsonItem root, out IReadOnlyList<StatementText> statements, out bool variables)
    {
        statements = [];
        variables = false;
        if (SyntaxCheck.FaultIn(root) is { } fault)
            return PolicyMessages.Error(text, PolicyMessages.Syntax, fault.Start);
        variables = root["Version"]?.Text == PolicyDocument.Version2012;
        if (!variables && Legality.Of(type).Version2012)
            return PolicyMessages.Error(text, PolicyMessages.Version, (root["Version"] ?? root).Start);
        statements = [.. root["Statement"]!.OneOrMany.Select(item => new StatementText(item))];
        return new MeaningCheck(text, type, statements, variables).FirstFault();
    }

    private static Statement Compile(string text, StatementText statement, bool variables) => new(
        text,
        statement,
        variables,
        statement.Principal is { } principal ? PrincipalReader.Read(text, principal, out _) : [],
        [.. statement.Conditions.Select(condition => Compile(condition, statement, variables))]);

    private static Condition Compile((OperatorName Operator, string Key, JsonItem Values) condition, StatementText statement, bool variables) =>
        new(condition.Operator, condition.Key, condition.Operator.Operator.Read(statement.TextsOf(condition.Values.OneOrMany), variables));
}
