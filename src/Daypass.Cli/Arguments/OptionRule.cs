namespace Daypass.Cli.Arguments;

/// <summary>An option that a command knows, without its dashes.</summary>
internal sealed record OptionRule(string Name, OptionValues Values = OptionValues.One);

/// <summary>How many values follow an option.</summary>
internal enum OptionValues
{
    None,
    One,

    /// <summary>All words up to the next option: the parameters of API actions.</summary>
    Many,
}
