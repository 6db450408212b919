using Daypass.Names;
using Daypass.Policies;

namespace Daypass.AspNetCore.Requests;

/// <summary>What a service asks about its request: the parameters of <c>RequireAction</c>.</summary>
internal readonly record struct Asked(
    string Action, string Resource, AccountId? Owner, IReadOnlyDictionary<string, string>? ConditionKeys, Policy? ResourcePolicy, bool IsRecorded = true);
