namespace Daypass.Service.Tests.Actions.Iam;

/// <summary>Parameters of a call as theories write them: name, value, name, value.</summary>
internal static class Pairs
{
    public static (string, string)[] AsPairs(this string[] parameters) => [.. parameters.Chunk(2).Select(pair => (pair[0], pair[1]))];
}
