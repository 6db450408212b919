using System.Reflection;

namespace Daypass.Cli;

internal static class ProductVersion
{
    /// <summary>The version that the build was given, without the commit behind the plus sign.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
