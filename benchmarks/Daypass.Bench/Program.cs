using Daypass.Bench.Cases;
using Daypass.Bench.Micro;
using Daypass.Bench.Report;

if (args is ["micro"])
{
    Console.WriteLine(MicroCases.Run());
    return;
}
var settings = Settings.Read(args);
var folder = Directory.CreateTempSubdirectory("daypass-bench-");
try
{
    var findings = await new Comparison(settings, folder.FullName).RunAsync();
    Console.WriteLine(Table.Of(findings));
    if (settings.Write)
        Page.Write(findings, MicroCases.Run());
}
finally
{
    folder.Delete(recursive: true);
}
