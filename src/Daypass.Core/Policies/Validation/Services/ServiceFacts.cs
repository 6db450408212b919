using System.Collections.Frozen;
using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Validation.Services;

/// <summary>
/// A service's actions, resources and condition keys (Service Authorization Reference), read from lines of text:
/// <c>resource NAME PATTERN [tags]</c>, <c>key NAME TYPE [many]</c>, <c>action NAME [RESOURCE,...]</c>, in this order.
/// </summary>
internal sealed class ServiceFacts
{
    private static readonly RequestContext NoContext = new(capacity: 0);

    private readonly FrozenDictionary<string, ActionFacts> _actions;
    private readonly string[] _services;

    private ServiceFacts(string name, List<ResourceFacts> resources, List<KeyFacts> keys, List<ActionFacts> actions)
    {
        Name = name;
        Resources = resources;
        Keys = new KeySet(keys);
        Actions = actions;
        _actions = actions.ToFrozenDictionary(action => action.Name, StringComparer.OrdinalIgnoreCase);
        _services = [.. resources.Select(resource => resource.Fields[2]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The part of actions before the colon.</summary>
    public string Name { get; }

    public IReadOnlyList<ResourceFacts> Resources { get; }

    public KeySet Keys { get; }

    public IReadOnlyList<ActionFacts> Actions { get; }

    public static ServiceFacts Read(string name, string text)
    {
        List<ResourceFacts> resources = [];
        List<KeyFacts> keys = [];
        List<ActionFacts> actions = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "resource":
                    resources.Add(new(words[1], words[2], words.Length > 3));
                    break;
                case "key":
                    keys.Add(KeyFacts.Read(words[1..]));
                    break;
                default:
                    actions.Add(new(words[1], ActionPattern.Lower($"{name}:{words[1]}"), MaskOf(words.Length > 2 ? words[2].Split(',') : [], resources)));
                    break;
            }
        }
        return new(name, resources, keys, actions);
    }

    /// <summary>The action of this name without the service, in any letter case.</summary>
    public ActionFacts? FindAction(string name) => _actions.GetValueOrDefault(name);

    /// <summary>The actions that an entry of <c>Action</c> stands for.</summary>
    public IEnumerable<ActionFacts> Matching(ActionPattern pattern)
    {
        if (pattern.Exactly is { } exact)
            return FindAction(exact[(exact.IndexOf(':', StringComparison.Ordinal) + 1)..]) is { } action ? [action] : [];
        return Actions.Where(action => pattern.IsMatch(action.Lower, NoContext));
    }

    /// <summary>The types of resource, one bit for each, that a pattern may match.</summary>
    public ulong TypesOf(ResourceShape pattern)
    {
        var types = 0UL;
        for (var i = 0; i < Resources.Count; i++)
            types |= Resources[i].Overlaps(pattern) ? 1UL << i : 0;
        return types;
    }

    /// <summary>Whether ARNs with this service field are this service's.</summary>
    public bool Owns(string arnService) => _services.Contains(arnService, StringComparer.Ordinal);

    private static ulong MaskOf(string[] names, List<ResourceFacts> resources)
    {
        var mask = 0UL;
        foreach (var name in names)
            mask |= 1UL << resources.FindIndex(resource => resource.Name == name);
        return mask;
    }
}
