using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>What requests say of a profile's attribute mappings.</summary>
internal static class MappingInput
{
    private const int MaxRules = 50;
    private static readonly TextRule Specifier = TextRule.Of(0, 60);

    public static string Field(Parameters wire) => wire.RequiredWord("certificateField", AttributeMapping.Fields);

    public static IReadOnlyList<string> Rules(Parameters wire)
    {
        var members = wire.Members("mappingRules");
        wire.LimitCount("mappingRules", members.Count, MaxRules);
        if (members.Count == 0 && wire.Raw("mappingRules") is null)
            wire.Missing("mappingRules");
        return [.. members.Select(member => wire.RequiredText(member + ".specifier", Specifier)).Distinct(StringComparer.Ordinal)];
    }

    public static IReadOnlyList<string> Specifiers(Parameters wire) => wire.Texts("specifiers", Specifier, MaxRules);
}
