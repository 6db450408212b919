using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation;

/// <summary>A policy as it is written, right or wrong: JSON is all that is sure of it.</summary>
internal sealed class PolicyDraft
{
    public PolicyDraft(PolicySource source, JsonItem root, PolicyType type, PolicyValidationOptions options)
    {
        Source = source;
        Type = type;
        Options = options;
        Root = new Place(root);
        Legality = Legality.Of(type);
        HasVariables = root["Version"] is null or { Kind: JsonKind.Text } && Syntax.HasVariables(root["Version"]?.Text);
        var statements = Root["Statement"];
        Statements = statements is null ? [] : [.. statements.OneOrMany.Where(place => place.Json.Kind == JsonKind.Object).Select(place => new StatementDraft(place))];
    }

    public PolicySource Source { get; }

    public PolicyType Type { get; }

    public PolicyValidationOptions Options { get; }

    public PolicySyntax Syntax => Options.Syntax;

    public Legality Legality { get; }

    public Place Root { get; }

    /// <summary>Whether the version is the one that knows variables.</summary>
    public bool HasVariables { get; }

    /// <summary>The statements that are objects.</summary>
    public IReadOnlyList<StatementDraft> Statements { get; }
}
