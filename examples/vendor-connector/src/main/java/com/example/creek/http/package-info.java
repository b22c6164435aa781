/** Connectors for tables on HTTP. Nothing of it is for others, so that nothing is exported. */
package com.example.creek.http;
