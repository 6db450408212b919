using Daypass.Bench.Report;

namespace Daypass.Bench.Scale;

/// <summary><c>./bench scale [--write] [--quick]</c>: one node with many accounts, and one account with many users, beside the small case.</summary>
internal static class ScaleProgram
{
    public static async Task RunAsync(IReadOnlyList<string> options)
    {
        var settings = ScaleSettings.Read(options);
        var folder = Directory.CreateTempSubdirectory("daypass-scale-");
        try
        {
            var findings = await new ScaleRun(settings, folder.FullName).RunAsync();
            Console.WriteLine(ScaleTable.Of(findings));
            if (settings.Write)
                Page.WriteSection("scale", ScaleTable.Section(findings));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
