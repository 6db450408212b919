using Daypass.Bench.Cases;
using Daypass.Bench.Report;

var settings = Settings.Read(args);
var folder = Directory.CreateTempSubdirectory("daypass-bench-");
try
{
    var findings = await new Comparison(settings, folder.FullName).RunAsync();
    Console.WriteLine(Table.Of(findings));
    if (settings.Write)
        Page.Write(findings);
}
finally
{
    folder.Delete(recursive: true);
}
