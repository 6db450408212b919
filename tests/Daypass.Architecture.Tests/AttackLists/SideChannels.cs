namespace Daypass.Architecture.Tests.AttackLists;

/// <summary>What refusals, their time and their number must not tell, and guessing.</summary>
internal static class SideChannels
{
    public static readonly Attack[] All =
    [
        new("C1", "comparisons that stop early", "SecurityRules.Secrets_are_compared_in_constant_time", "SecurityRules.No_secret_is_compared_with_an_operator_that_stops_early"),
        new("C2", "an unknown key is cheaper than a wrong signature", "SecurityRules.An_unknown_key_is_told_so_only_after_a_signature_was_checked_all_the_same"),
        new("C3", "a role that is not there answers otherwise than one that may not be assumed", "Enumeration.A_role_that_may_not_be_assumed_and_one_that_does_not_exist_look_alike", "EncodedDenials.Whether_a_role_of_another_account_exists_shows_in_nothing", "TokenAttacks.A_role_that_is_not_there_looks_as_one_that_trusts_nobody"),
        new("C4", "trust policies that name whoever comes to bear a name", "TrustBindingTests.Principals_that_name_nobody_are_refused", "ConfusedDeputy.A_user_that_was_deleted_and_made_again_is_not_trusted"),
        new("C5", "signing in tells what was wrong", "SignInAttacks.Every_edit_of_a_token_gets_the_same_answer", "SignInAttacks.A_session_is_shown_with_its_own_secret_or_not_at_all"),
        new("C6", "trying without end, from one source or at one key", "Outputs.A_source_of_nonsense_is_turned_away_before_its_bodies_are_read", "StolenSessions.A_session_that_is_over_fills_neither_the_trail_nor_the_accounts_rate", "TokenAttacks.A_source_that_is_denied_again_and_again_is_turned_away_however_good_its_tokens_are"),
        new("C7", "a code of MFA again", "MfaSessionTests.A_code_works_once_in_whichever_call_it_is_shown", "StolenCodes.Of_a_hundred_uses_of_one_code_at_once_at_two_nodes_exactly_one_succeeds"),
        new("C8", "a code of another time", "MfaCodesTests.A_code_is_taken_one_step_early_or_late_and_no_more", "MfaSessionTests.Codes_of_other_times_are_wrong"),
        new("C9", "guessing codes, and locking the owner out for good", "StolenCodes.Guessing_ends_after_ten_wrong_codes_at_a_node_and_the_owner_waits_a_quarter_of_an_hour_at_most", "StolenCodes.Whoever_cannot_sign_as_the_owner_cannot_use_up_the_tries"),
        new("C10", "an ExternalId that is nearly right", "ConfusedDeputy.An_external_id_that_the_role_asks_for_must_be_the_one"),
        new("C11", "an action that a session may not call tells what it would have found", "LimitedSessions.What_a_session_may_not_call_is_said_before_what_is_wrong_with_the_call"),
    ];
}
