using Daypass.Server;
using Daypass.Server.Http;
using Daypass.Server.Setup;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(OptionsReader.Help);
    return 0;
}

try
{
    var options = OptionsReader.Read(args);
    var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
    // What Kestrel would say of a taken port is said below, in one sentence.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddFilter("Microsoft.AspNetCore", LogLevel.Critical)
        // Any level would make an activity and a log scope for every request, which nobody reads.
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options));
    if (options.Certificate is not null)
        builder.WebHost.UseKestrelHttpsConfiguration();
    await using var app = builder.Build();
    await using var wiring = await Wiring.OpenAsync(options, BootstrapVariables.Read(Environment.GetEnvironmentVariable), app.Logger, CancellationToken.None);

    if (options.BehindProxy.Count > 0)
        app.UseTrustedProxies(options.BehindProxy);
    app.Run(context => context.Request.Path.StartsWithSegments("/health") ? wiring.Health.HandleAsync(context) : wiring.Api.HandleAsync(context));

    await app.StartAsync();
    Banner.Write(Console.Out, options, app.Urls, wiring.Made, wiring.Installation.ClockOffset);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception failure) when (StartFailure.Explain(failure) is { } sentence)
{
    await Console.Error.WriteLineAsync($"daypass: {sentence}");
    return 1;
}
