using System.Text;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass help</c>: the overview, the actions of an API, or the parameters of an action.</summary>
internal sealed class HelpCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        host.Write(line.Positionals switch
        {
            [] => Overview(),
            ["health" or "version" or "help", ..] => Overview(),
            [var topic, ..] when ReadTopic(topic) is { } text => text,
            [var service] => ActionsOf(ApiCommand.FindService(service)),
            [var service, var action, ..] => ParametersOf(ApiCommand.FindService(service), action),
        });
        return Task.FromResult(ExitCodes.Success);
    }

    private static string Overview() =>
        ReadTopic("overview")!.Replace("{services}", string.Join('\n', ApiService.All.Select(service => $"  {service.Name,-14} {service.Title}")), StringComparison.Ordinal);

    private static string? ReadTopic(string name)
    {
        using var stream = typeof(HelpCommand).Assembly.GetManifestResourceStream($"help/{name}.txt");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string ActionsOf(ApiService service)
    {
        var text = new StringBuilder($"daypass {service.Name} ACTION: {service.Title}\n\n");
        foreach (var action in service.Actions.Keys)
            text.Append($"  {Casing.ToKebab(action)}\n");
        return text.Append($"\n'daypass help {service.Name} ACTION' shows an action's parameters.\n").ToString();
    }

    private static string ParametersOf(ApiService service, string word)
    {
        var name = char.IsUpper(word[0]) ? word : Casing.ToPascal(word);
        if (!service.Actions.TryGetValue(name, out var action))
            throw new CommandException($"Unknown action {service.Name} {word}.{Suggestion.For(word, service.Actions.Keys.Select(Casing.ToKebab))}");
        var text = new StringBuilder($"daypass {service.Name} {Casing.ToKebab(name)}\n\n");
        foreach (var parameter in action.Parameters)
            text.Append($"  {parameter.Option} {Describe(parameter.Kind)}{(parameter.IsRequired ? "  (required)" : "")}\n");
        return action.Parameters.Count == 0 ? text.Append("  no parameters\n").ToString() : text.ToString();
    }

    private static string Describe(ParameterKind kind) => kind.Value switch
    {
        ValueKind.Integer => "NUMBER",
        ValueKind.Boolean => "[true|false]",
        ValueKind.Time => "TIME",
        ValueKind.TextList => "TEXT...",
        ValueKind.Structure => string.Join(',', kind.Members.Select(member => member.TrimEnd('+') + "=...")),
        ValueKind.StructureList => string.Join(',', kind.Members.Select(member => member.TrimEnd('+') + "=...")) + " ...",
        _ => "TEXT",
    };
}
