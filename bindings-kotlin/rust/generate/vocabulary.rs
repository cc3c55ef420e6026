//! The reasons that the engine can give, as a Kotlin enumeration.

use std::fmt::Write as _;

use adjudica::decision::{Effect, VOCABULARY};

use crate::kotlin::constant;

/// `ReasonCode.kt`.
pub fn source() -> String {
    let mut out = String::from(
        "// Written by generate-kotlin from core's vocabulary.\n\
         package org.adjudica\n\n\
         /**\n \
         * Everything the engine can say about a claim: the codes of [Reason].\n \
         *\n \
         * @property code the code in dotted words, as in [Reason.code]\n \
         * @property effect what it does where it stands\n \
         * @property values names of the values in [Reason.values]\n \
         */\n\
         public enum class ReasonCode(\n    \
         public val code: String,\n    \
         public val effect: Effect,\n    \
         public val values: List<String>,\n\
         ) {\n",
    );
    for (code, values, effect) in VOCABULARY {
        let effect = match effect {
            Effect::Rejects => "REJECTS",
            Effect::Reduces => "REDUCES",
            Effect::Informs => "INFORMS",
        };
        let values: Vec<String> = values.iter().map(|v| format!("\"{v}\"")).collect();
        let values = values.join(", ");
        let name = constant(code);
        let _ = writeln!(
            out,
            "    {name}(\"{code}\", Effect.{effect}, listOf({values})),"
        );
    }
    out.push_str(
        "    ;\n\n    \
         public companion object {\n        \
         private val byCode: Map<String, ReasonCode> = entries.associateBy { it.code }\n\n        \
         /** The entry of a code, or null for a code that this engine never gives. */\n        \
         @JvmStatic\n        \
         public fun of(code: String): ReasonCode? = byCode[code]\n    \
         }\n}\n",
    );
    out
}
