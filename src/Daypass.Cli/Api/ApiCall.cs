using System.Text.Json.Nodes;
using Daypass.Cli.Arguments;

namespace Daypass.Cli.Api;

/// <summary>A call as it was typed, understood: service, action, parameters.</summary>
internal sealed record ApiCall(ApiService Service, string Action, JsonObject Parameters)
{
    /// <summary>Reads <c>iam create-user --user-name alice</c> or <c>iam CreateUser UserName=alice</c>.</summary>
    /// <param name="region">What <c>--region</c> said, for the few actions that have a parameter of that name.</param>
    public static ApiCall Read(ApiService service, CommandLine line, string region, ValueReader values)
    {
        if (line.Positionals.Count == 0)
            throw new CommandException($"An action of {service.Name} comes next, for example '{Example(service)}'. 'daypass help {service.Name}' lists them.");
        var word = line.Positionals[0];
        var name = char.IsUpper(word[0]) ? word : Casing.ToPascal(word);
        var action = service.Actions.GetValueOrDefault(name);
        if (action is null)
            RefuseUnknown(service, word);
        var parameters = new JsonObject();
        foreach (var (option, words) in line.Others)
            ReadOption(action, option, words, values, parameters);
        foreach (var pair in line.Positionals.Skip(1))
            ReadPair(service.IsRest ? char.ToUpperInvariant(pair[0]) + pair[1..] : pair, values, parameters);
        if (action is not null && action.Parameters.Any(parameter => parameter.Name == "Region"))
            parameters.TryAdd("Region", region);
        RequireAll(action, parameters);
        return new ApiCall(service, name, parameters);
    }

    private static string Example(ApiService service) => $"daypass {service.Name} {Casing.ToKebab(service.Actions.Keys.First())}";

    // An action that is not in our table may be new; one that is nearly in it is a mistake.
    private static void RefuseUnknown(ApiService service, string word)
    {
        var names = char.IsUpper(word[0]) ? service.Actions.Keys : service.Actions.Keys.Select(Casing.ToKebab);
        // And of a REST service one must know the path.
        var suggestion = Suggestion.For(word, names);
        if (suggestion.Length > 0 || service.IsRest)
            throw new CommandException($"Unknown action {service.Name} {word}.{suggestion}");
    }

    private static void ReadOption(ApiAction? action, string option, List<string> words, ValueReader values, JsonObject into)
    {
        var name = Casing.ToPascal(option);
        if (action is null)
        {
            into[name] = ApiTables.KindOf(name) is { Value: not ValueKind.Text } kind ? values.Read("--" + option, kind, words) : values.ReadUnknown("--" + option, words);
            return;
        }
        var parameter = action.Parameters.FirstOrDefault(candidate => candidate.Name == name);
        if (parameter is null && option.StartsWith("no-", StringComparison.Ordinal) && words.Count == 0
            && action.Parameters.FirstOrDefault(candidate => candidate.Name == Casing.ToPascal(option[3..])) is { Kind.Value: ValueKind.Boolean } flag)
        {
            into[flag.Name] = false;
            return;
        }
        // The server ignores what it does not know, as AWS does: a mistyped --policy would give a session without one.
        if (parameter is null)
            throw new CommandException($"{action.Name} has no parameter --{option}.{Suggestion.For(option, action.Parameters.Select(each => each.Option[2..]), "--")}");
        into[name] = values.Read(parameter.Option, parameter.Kind, words);
    }

    private static void ReadPair(string pair, ValueReader values, JsonObject into)
    {
        var equals = pair.IndexOf('=');
        if (equals <= 0)
            throw new CommandException($"'{pair}' is not an option; parameters are --user-name alice or UserName=alice.");
        var value = values.ReadUnknown(pair[..equals], [pair[(equals + 1)..]]);
        ParameterTree.SetFlat(into, pair[..equals], value.ToString());
    }

    private static void RequireAll(ApiAction? action, JsonObject parameters)
    {
        var missing = action?.Parameters.Where(parameter => parameter.IsRequired && !parameters.ContainsKey(parameter.Name)).Select(parameter => parameter.Option).ToList();
        if (missing is { Count: > 0 })
            throw new CommandException($"{action!.Name} needs {string.Join(", ", missing)}.");
    }
}
