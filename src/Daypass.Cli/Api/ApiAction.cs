namespace Daypass.Cli.Api;

/// <summary>An action and its parameters, as the API names them.</summary>
internal sealed record ApiAction(string Name, IReadOnlyList<ApiParameter> Parameters)
{
    /// <summary>The path of a REST service's action, which is posted to; null for other services.</summary>
    public string? Path { get; init; }
}

internal sealed record ApiParameter(string Name, bool IsRequired)
{
    /// <summary>Whether a REST service takes it from the query string.</summary>
    public bool IsInQuery { get; init; }

    public ParameterKind Kind => ApiTables.KindOf(Name);

    public string Option => "--" + Casing.ToKebab(Name);
}

/// <summary>What a parameter's value is. <see cref="Members"/> are those of a list of structures.</summary>
internal sealed record ParameterKind(ValueKind Value, IReadOnlyList<string> Members)
{
    public static readonly ParameterKind Text = new(ValueKind.Text, []);
}

internal enum ValueKind
{
    Text,
    Integer,
    Boolean,
    Time,
    TextList,
    Structure,
    StructureList,
}
