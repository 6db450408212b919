using Daypass.Policies.Conditions;

namespace Daypass.Policies.Parsing;

/// <summary>From text to a compiled document: JSON, form, version, meaning, then compilation. Refuses at the first fault.</summary>
internal static class PolicyParser
{
    public static PolicyDocument? TryParse(string text, PolicyType type, PolicySyntax syntax, out PolicyError? error)
    {
        if (text.Length > PolicyChoices.MaxLength)
        {
            error = new PolicyError(PolicyMessages.TooLong, new TextPosition(0, 1, 1));
            return null;
        }
        var source = new PolicySource(text);
        if (JsonTree.TryRead(source, allowsRepeated: false, out error) is not { } written)
            return null;
        var root = UrnTranslation.Of(written, syntax, type);
        error = FaultIn(source, type, syntax, root, out var statements, out var variables);
        return error is null ? new PolicyDocument(text, type, syntax, root, [.. statements.Select(statement => Compile(source, statement, variables))]) : null;
    }

    private static PolicyError? FaultIn(PolicySource source, PolicyType type, PolicySyntax syntax, JsonItem root, out IReadOnlyList<StatementText> statements, out bool variables)
    {
        statements = [];
        variables = false;
        if (SyntaxCheck.FaultIn(root, syntax) is { } fault)
            return source.Error(PolicyMessages.Syntax, fault);
        var version = root["Version"]?.Text;
        if (version != syntax.Versions[0] && Legality.Of(type).NewestVersion)
            return source.Error(PolicyMessages.Version(syntax.Versions[0]), root["Version"] ?? root);
        variables = syntax.HasVariables(version);
        statements = [.. root["Statement"]!.OneOrMany.Select(item => new StatementText(item))];
        return new MeaningCheck(source, type, syntax, statements, variables).FirstFault();
    }

    /// <summary>A statement whose form and meaning were checked.</summary>
    public static Statement Compile(PolicySource source, StatementText statement, bool variables, bool isUnderstood = true) => new(
        source,
        statement,
        variables,
        isUnderstood,
        statement.Principal is { } principal ? PrincipalReader.Read(source, principal, out _) : [],
        [.. statement.Conditions.Select(condition => Compile(condition, statement, variables))]);

    private static Condition Compile((OperatorName Operator, string Key, JsonItem Values) condition, StatementText statement, bool variables)
    {
        var values = statement.TextsOf(condition.Values.OneOrMany);
        return new(condition.Operator, condition.Key, values, condition.Operator.Operator.Read(values, variables));
    }
}
