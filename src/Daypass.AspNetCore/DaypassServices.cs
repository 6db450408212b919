using Daypass.AspNetCore;
using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Reporting;
using Daypass.AspNetCore.Requests;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Daypass to a service.</summary>
public static class DaypassServices
{
    /// <summary>
    /// Registers what protects this service. Once only; <c>UseDaypass</c> puts it to work. With settings that cannot be right the service
    /// does not start (<see cref="OptionsValidationException"/>).
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; at least Endpoint, Service and Credentials.</param>
    public static IServiceCollection AddDaypass(this IServiceCollection services, Action<DaypassOptions> configure)
    {
        services.AddOptions<DaypassOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DaypassOptions>, Validation>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<NodeCalls>();
        services.TryAddSingleton<LeaseClient>();
        services.TryAddSingleton<CredentialLeases>();
        services.TryAddSingleton<Authenticator>();
        services.TryAddSingleton<AccessCheck>();
        services.AddHostedService<LeaseRenewal>();
        services.TryAddSingleton<EventMeter>();
        services.TryAddSingleton<DroppedEvents>();
        services.TryAddSingleton<EventQueue>();
        services.TryAddSingleton<EventRecorder>();
        services.TryAddSingleton<ReportClient>();
        services.AddHostedService<EventSender>();
        return services;
    }

    private sealed class Validation : IValidateOptions<DaypassOptions>
    {
        public ValidateOptionsResult Validate(string? name, DaypassOptions options) =>
            options.FirstFault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
