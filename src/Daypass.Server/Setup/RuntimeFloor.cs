namespace Daypass.Server.Setup;

/// <summary>
/// The oldest runtime that the server starts on. Signatures in XML are verified by the framework's own SignedXml, which had holes until 10.0.10
/// (CVE-2026-26171, 33116, 47302, 47304, 50525, 50527, 50648).
/// </summary>
internal static class RuntimeFloor
{
    private static readonly Version Least = new(10, 0, 10);

    /// <exception cref="StartException">The runtime is older.</exception>
    public static void Check(Version runtime)
    {
        if (runtime < Least)
            throw new StartException($"This .NET runtime is {runtime}, and the server needs {Least} or later, which repairs how signatures in XML are verified. Update the runtime.");
    }
}
