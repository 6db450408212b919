using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace Daypass.PolicyMutation;

/// <summary>The tests of policies and names, run against a given build of Daypass.Core within this process.</summary>
internal sealed class Promises
{
    private static readonly Dictionary<string, int> Kills = new(StringComparer.Ordinal);
    private readonly List<(string Name, Action Run)> _all = [];

    public Promises(string tests, byte[] core)
    {
        var context = new AssemblyLoadContext("mutant", isCollectible: true);
        var mutant = context.LoadFromStream(new MemoryStream(core));
        context.Resolving += (own, name) => name.Name == mutant.GetName().Name ? mutant : null;
        foreach (var type in context.LoadFromAssemblyPath(tests).GetTypes().Where(type => type.Namespace is "Daypass.Core.Tests.Policies" or "Daypass.Core.Tests.Names" && !type.Name.StartsWith("Properties", StringComparison.Ordinal)))
        {
            foreach (var method in type.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>(inherit: true) is { Skip: null }))
                _all.Add(($"{type.Name}.{method.Name}", () => Run(type, method)));
        }
    }

    /// <summary>The first test that fails, or null. What has failed often goes first.</summary>
    public string? FirstFailure(IReadOnlySet<string> except)
    {
        foreach (var (name, run) in _all.Where(test => !except.Contains(test.Name)).OrderByDescending(test => Kills.GetValueOrDefault(test.Name)))
        {
            try
            {
                run();
            }
            catch (Exception)
            {
                Kills[name] = Kills.GetValueOrDefault(name) + 1;
                return name;
            }
        }
        return null;
    }

    private static void Run(Type type, MethodInfo method)
    {
        // [InlineData(null)] is one row of one null.
        var rows = method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method)).Select(row => row ?? [null!]).ToList();
        foreach (var member in method.GetCustomAttributes<MemberDataAttribute>())
            rows.AddRange(member.GetData(method));
        if (method.GetParameters().Length == 0)
            rows = [[]];
        foreach (var row in rows)
        {
            var values = method.GetParameters().Select((parameter, i) => i < row.Length ? row[i] : parameter.DefaultValue).ToArray();
            if (values.Length > 0 && method.GetParameters()[^1].GetCustomAttribute<ParamArrayAttribute>() is not null && values[^1] is not string[])
                values[^1] = row[(values.Length - 1)..].Cast<string>().ToArray();
            method.Invoke(Activator.CreateInstance(type), values);
        }
    }
}
