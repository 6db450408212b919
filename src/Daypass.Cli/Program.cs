using Daypass.Cli;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return await new CommandRunner(Host.OfThisProcess()).RunAsync(args, stop.Token);
