using Daypass.Bench.Cases;
using Daypass.Bench.Micro;
using Daypass.Bench.Report;
using Daypass.Bench.Scale;
using Daypass.Bench.Trail;

if (args is ["micro"])
{
    Console.WriteLine(MicroCases.Run());
    return;
}
if (args is ["scale", .. var options])
{
    await ScaleProgram.RunAsync(options);
    return;
}
if (args is ["trail", .. var trailOptions])
{
    await TrailProgram.RunAsync(trailOptions);
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
