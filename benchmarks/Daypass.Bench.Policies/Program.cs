// ./bench policies [--write] [--quick]: what parsing and deciding cost, and how that compares with Cedar.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Daypass.Bench.Policies;

if (args.FirstOrDefault(argument => argument is not ("--write" or "--quick")) is { } unknown)
{
    Console.Error.WriteLine($"./bench policies knows --write and --quick, not {unknown}.");
    return 1;
}
var job = (args.Contains("--quick") ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
var folder = Directory.CreateTempSubdirectory("daypass-bench-policies-");
try
{
    var config = ManualConfig.CreateEmpty()
        .AddJob(job)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(ConsoleLogger.Default)
        .WithArtifactsPath(folder.FullName);
    var tables = Page.Tables([BenchmarkRunner.Run<Parsing>(config), BenchmarkRunner.Run<Decisions>(config), BenchmarkRunner.Run<HostileInputs>(config)]);
    Console.WriteLine(tables);
    if (args.Contains("--write"))
        Page.Write(tables);
    return 0;
}
finally
{
    folder.Delete(recursive: true);
}
